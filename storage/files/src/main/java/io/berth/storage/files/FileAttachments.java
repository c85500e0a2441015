package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.VolumeRef;

/** What a driver makes of a volume's file on a host. */
public interface FileAttachments extends Attachments {
    /** The volume's file has become longer: hosts that have it attached must see that when this returns. */
    void fileGrew(Call call, VolumeRef volume);
}
