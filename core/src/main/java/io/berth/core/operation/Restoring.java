package io.berth.core.operation;

import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;

/**
 * The steps that make a guest of a complete checkpoint, whoever made that and wherever the guest is to go on.
 *
 * @param prefix of the steps' names, so that a plan can restore in more than one way
 * @param definition transformed for the target
 * @param persistentDefinition for the target to keep
 * @param knownBefore the target keeps a definition of the guest already
 */
record Restoring(
        String prefix,
        VmRef vm,
        HostRef target,
        VolumeRef volume,
        int generation,
        Operand<DataSize> length,
        Operand<String> digest,
        String definition,
        Optional<String> persistentDefinition,
        boolean ownerPaused,
        boolean knownBefore,
        String linkFolder) {

    /** Up to the guest that runs and is kept; what is left to be tidied up the caller adds. */
    Plan.Builder addTo(Plan.Builder plan) {
        var attach = new Step.AttachVolume(prefix + "attach", volume, target);
        var restore = new Step.RestorePaused(
                prefix + "restore", vm, target, volume, attach.device(), length, definition, knownBefore);
        plan.then(attach)
                .then(new Step.DropCache(prefix + "drop-cache", target, attach.device()))
                .then(new Step.PublishLink(prefix + "link", target, link(), attach.device()))
                .then(new Step.VerifyImage(
                        prefix + "verify", vm, target, volume, attach.device(), length, false, Optional.of(digest)))
                .then(restore)
                .then(new Step.AdvanceCheckpoint(prefix + "consume", volume, generation, CheckpointState.CONSUMED))
                .pointOfNoReturn(restore.name());
        if (!ownerPaused) {
            plan.then(new Step.ResumeGuest(prefix + "resume", vm, target));
        }
        // Not earlier: until the checkpoint is consumed a host that loses power must find nothing to start.
        persistentDefinition.ifPresent(
                kept -> plan.then(new Step.MakePersistent(prefix + "make-persistent", vm, target, kept)));
        return plan;
    }

    Step unlink() {
        return new Step.RemoveLink(prefix + "unlink", target, link());
    }

    Step detach() {
        return new Step.DetachVolume(prefix + "detach", volume, target);
    }

    Step delete() {
        return new Step.DeleteVolume(prefix + "delete", volume);
    }

    private String link() {
        return linkFolder + "/" + vm.uuid() + "/checkpoint";
    }
}
