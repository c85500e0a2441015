package io.berth.driver.storage;

import io.berth.driver.DataSize;

/**
 * A volume as the storage describes it.
 *
 * @param size what a host that attaches it would see
 * @param allocated what it takes of the storage now, at most {@code size} on thin storage
 */
public record VolumeInfo(VolumeRef volume, DataSize size, DataSize allocated) {}
