package io.berth.core.operation;

import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.VolumeInfo;
import java.util.Optional;

/**
 * Plans how a guest that something else saved becomes a checkpoint. The volume stays as it is: what is added is its
 * history in the ledger, and that at once as COMPLETE. Undoing takes nothing of it away.
 */
final class AdoptPlanner {
    private AdoptPlanner() {}

    static Plan plan(AdoptSurvey facts) {
        var volume = refuseUnlessUnknown(facts);
        refuseUnlessAbsent(facts);
        var vm = facts.token().vm();
        var at = facts.at();
        var length = new Operand.Known<>(volume.size());
        var attach = new Step.AttachVolume("attach", volume.volume(), at);
        var identify = new Step.IdentifyImage("identify", vm, at, attach.device());
        var verify = new Step.VerifyImage(
                "verify", vm, at, volume.volume(), attach.device(), length, false, Optional.empty());
        return Plan.of(facts.token().operation(), "adopt", vm)
                .then(attach)
                .then(new Step.DropCache("drop-cache", at, attach.device()))
                .then(identify)
                .then(verify)
                .then(new Step.AdoptImage("adopt", vm, at, volume.volume(), attach.device(), length, verify.digest()))
                .pointOfNoReturn()
                .cleanup()
                .then(new Step.DetachVolume("detach", volume.volume(), at))
                .build();
    }

    private static VolumeInfo refuseUnlessUnknown(AdoptSurvey facts) {
        facts.known().ifPresent(entry -> {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "checkpoint.known",
                            "the volume " + facts.volume() + " is a checkpoint already")
                    .why("it is " + entry.state())
                    .next("see 'berth checkpoint show " + facts.volume().name() + "'")
                    .build();
        });
        return facts.found()
                .orElseThrow(
                        () -> Failure.of(FailureKind.CALLER, "volume.absent", "there is no volume " + facts.volume())
                                .why("datastore " + facts.volume().datastore() + " has none of that name")
                                .next("look what the storage's own tools list there")
                                .build());
    }

    /** Memory of a guest that is alive, or is in another checkpoint, is old: its disks have moved on. */
    private static void refuseUnlessAbsent(AdoptSurvey facts) {
        var vm = facts.token().vm();
        facts.views().stream()
                .filter(view -> view.state().isAlive())
                .findFirst()
                .ifPresent(view -> {
                    throw Failure.of(FailureKind.CONFLICT, "vm.exists", vm.uuid() + " is alive")
                            .host(view.host())
                            .why("it is " + view.state() + " there: what is in " + facts.volume()
                                    + " is an old state of it")
                            .next("if that one is right, delete the volume; if it isn't, destroy it there first")
                            .build();
                });
        facts.unused().stream().findFirst().ifPresent(entry -> {
            throw Failure.of(FailureKind.CONFLICT, "vm.suspended", vm.uuid() + " has a checkpoint already")
                    .why("its memory is in " + entry.volume())
                    .next("find out which one is newer; delete the other")
                    .build();
        });
        facts.silentHosts().stream().findFirst().ifPresent(host -> {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.silent", "a host doesn't answer")
                    .host(host)
                    .why(vm.uuid() + " may be there")
                    .next("make the host answer; or, if you know that it is switched off, say --host-is-dead " + host)
                    .build();
        });
    }
}
