package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;

/**
 * Something of Berth's that nobody owns.
 *
 * @param volume of the operation that made it, under whose name it is told
 * @param vm whose it was, if that is known
 * @param size what it takes of the storage
 * @param deleted whether it is gone now
 * @param remark for people
 */
public record Leftover(
        VolumeRef volume, Verdict verdict, Optional<VmRef> vm, DataSize size, boolean deleted, String remark) {
    /** What a leftover is. */
    public enum Verdict {
        /** Its guest was made; only the deletion is missing. */
        CONSUMED,
        /** Its operation is gone and its memory was never finished. */
        ABANDONED,
        /** It carries a finished image though its ledger doesn't say COMPLETE: a person must look. */
        HOLDS_AN_IMAGE,
        /** A checkpoint that nobody works on is a device of a host: a restart or a person left it so. */
        STALE_ATTACHMENT,
        /** A host that was away still has the link to a checkpoint. */
        STALE_LINK,
        /** A host that was away could start a guest anew that lives elsewhere, or in a checkpoint. */
        STALE_DEFINITION,
        /** A VM directory that was brought to a host in vain, or left on one, which was away when it was to go. */
        STALE_DIRECTORY,
        /** A VM has one on each of two hosts and may have run on either: a person must choose. */
        TWO_DIRECTORIES,
        /** What was written to find out whether two hosts share a folder. */
        STALE_PROBE,
        /** A file that memory went through on its way into the storage, on a host that was away when it was to go. */
        STALE_STAGING_FILE,
        /** A volume with Berth's name and no ledger: a person must look. */
        UNKNOWN,
        /** It couldn't be looked at. */
        UNREADABLE
    }
}
