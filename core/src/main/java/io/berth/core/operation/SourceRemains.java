package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;

/**
 * What a host still has of a guest that was saved there. Steps are named with a prefix, since each way that an operation
 * may end has its own.
 *
 * @param link its path
 * @param volume that is attached
 * @param files the datastore with the file that the memory came through, if it came through one
 */
record SourceRemains(HostRef host, String link, VolumeRef volume, Optional<String> files) {
    Plan.Builder tidyUp(Plan.Builder plan, String prefix) {
        return detach(unlink(plan, prefix), prefix);
    }

    /** The link, and the file. */
    Plan.Builder unlink(Plan.Builder plan, String prefix) {
        return removeFile(plan.then(new Step.RemoveLink(prefix + "unlink", host, link)), prefix);
    }

    Plan.Builder removeFile(Plan.Builder plan, String prefix) {
        files.ifPresent(datastore -> plan.then(new Step.RemoveStagingFile(prefix + "unstage", datastore, host)));
        return plan;
    }

    Plan.Builder detach(Plan.Builder plan, String prefix) {
        return plan.then(new Step.DetachVolume(prefix + "detach", volume, host));
    }
}
