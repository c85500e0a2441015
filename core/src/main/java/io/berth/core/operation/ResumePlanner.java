package io.berth.core.operation;

import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.CheckpointState;

/** Plans a resume. Absence comes first: nowhere may a copy of the guest be alive. */
final class ResumePlanner {
    private ResumePlanner() {}

    static Plan plan(ResumeSurvey facts) {
        return plan(facts, "resume");
    }

    static Plan plan(ResumeSurvey facts, String kind) {
        refuseEverywhere(facts);
        facts.obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle;
        });
        return compile(facts, kind);
    }

    /** Whatever the target is. */
    static void refuseEverywhere(ResumeSurvey facts) {
        refuseUnlessComplete(facts);
        refuseUnlessAbsent(facts);
    }

    private static Plan compile(ResumeSurvey facts, String kind) {
        var vm = facts.record().vm();
        var target = facts.target();
        var restoring = new Restoring(
                "",
                vm,
                target,
                facts.checkpoint().volume(),
                facts.checkpoint().generation(),
                new Operand.Known<>(facts.record().imageLength()),
                new Operand.Known<>(facts.record().digest()),
                facts.definition(),
                facts.record().persistentDefinition(),
                facts.record().ownerPaused(),
                facts.views().stream().anyMatch(view -> view.host().equals(target)),
                facts.linkFolder());
        var moving = new Moving(facts.moves());
        var plan = restoring.addTo(
                moving.addBringing(moving.addFinding(Plan.of(facts.token().operation(), kind, vm))));
        facts.views().stream()
                .filter(view -> !view.host().equals(target))
                .forEach(view -> plan.then(new Step.ForgetGuest("forget-on-" + view.host(), vm, view.host())));
        plan.cleanup().then(restoring.unlink()).then(restoring.detach()).then(restoring.delete());
        return moving.addLeaving(plan).build();
    }

    private static void refuseUnlessComplete(ResumeSurvey facts) {
        var state = facts.checkpoint().state();
        if (state != CheckpointState.COMPLETE) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            state == CheckpointState.CONSUMED ? "checkpoint.consumed" : "checkpoint.incomplete",
                            "the checkpoint " + facts.checkpoint().volume() + " can't be restored")
                    .why("it is " + state
                            + (state == CheckpointState.CONSUMED
                                    ? ": a guest was made of it, and its disks have moved on"
                                    : ": its memory was never written to the end"))
                    .next("see 'berth checkpoint list', and 'berth recover' if an operation is open")
                    .build();
        }
        if (!facts.record().hypervisor().isEmpty() && facts.record().digest().isEmpty()) {
            throw Failure.of(FailureKind.STORAGE, "checkpoint.bad-record", "the checkpoint's record isn't complete")
                    .why("it has no digest")
                    .next("run 'berth checkpoint verify "
                            + facts.checkpoint().volume().name() + "'")
                    .build();
        }
    }

    /**
     * The record's "source released" proves that no host can have it by itself: the guest was destroyed, its definition
     * is gone. Without it the source must answer, or be declared dead.
     */
    private static void refuseUnlessAbsent(ResumeSurvey facts) {
        facts.views().stream()
                .filter(view -> view.state() != GuestState.SHUT_OFF)
                .findFirst()
                .ifPresent(view -> {
                    throw Failure.of(
                                    FailureKind.CONFLICT,
                                    "vm.exists",
                                    facts.record().vm() + " is alive already")
                            .host(view.host())
                            .why("it is " + view.state() + " there")
                            .next("if that one is right, delete the checkpoint; if it isn't, destroy it there first")
                            .build();
                });
        var source = facts.record().source();
        if (!facts.record().sourceReleased()
                && facts.silentHosts().contains(source)
                && !facts.deadHosts().contains(source)) {
            throw Failure.of(FailureKind.ENVIRONMENT, "host.silent", "the source doesn't answer")
                    .host(source)
                    .why("the guest may still stand there, paused")
                    .next("make the host answer; or, if you know that it is switched off, say --host-is-dead " + source)
                    .build();
        }
    }
}
