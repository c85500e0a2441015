package io.berth.opennebula.action;

import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;

/**
 * Where a guest's memory lies if the site's scripts have saved it.
 *
 * @param volume as a volume of Berth's datastore; it needn't be there
 * @param guest whose memory has to be in it
 */
public record ForeignImage(VolumeRef volume, VmRef guest) {}
