package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointState;

/**
 * Plans the end of a VM. Nothing of it is undone: once begun, recovery finishes it. Its checkpoints are consumed first, so
 * that nobody restores one meanwhile. Its directories go last of all, and only if that is asked for.
 */
final class TerminatePlanner {
    private TerminatePlanner() {}

    static Plan plan(TerminateSurvey facts) {
        refuseUnlessSeen(facts);
        if (facts.deletesHomes()) {
            facts.obstacles().stream().findFirst().ifPresent(obstacle -> {
                throw obstacle;
            });
        }
        var vm = facts.token().vm();
        var plan = Plan.of(facts.token().operation(), "terminate", vm).pointOfNoReturn();
        facts.checkpoints().stream()
                .map(TerminateSurvey.Attached::entry)
                .filter(entry -> entry.state() != CheckpointState.CONSUMED)
                .forEach(entry -> plan.then(new Step.AdvanceCheckpoint(
                        "consume-" + entry.volume().name(),
                        entry.volume(),
                        entry.generation(),
                        CheckpointState.CONSUMED)));
        facts.views().forEach(view -> plan.then(new Step.EndGuest("end-on-" + view.host(), vm, view.host())));
        plan.cleanup();
        facts.checkpoints().stream()
                .flatMap(checkpoint -> checkpoint.hosts().stream())
                .distinct()
                .sorted()
                .forEach(host -> plan.then(new Step.RemoveLink("unlink-on-" + host, host, facts.link())));
        for (var checkpoint : facts.checkpoints()) {
            var volume = checkpoint.entry().volume();
            checkpoint
                    .hosts()
                    .forEach(host -> plan.then(
                            new Step.DetachVolume("detach-" + volume.name() + "-from-" + host, volume, host)));
            plan.then(new Step.DeleteVolume("delete-" + volume.name(), volume));
        }
        for (var index = 0; index < facts.homes().size(); index++) {
            var home = facts.homes().get(index);
            var name = "-directory-" + (index + 1);
            if (facts.deletesHomes()) {
                plan.then(new Step.SetDirectoryAside("set-aside" + name, home.directory(), home.at()));
                plan.then(new Step.DeleteDirectory("delete" + name, home.directory(), home.at()));
            } else {
                plan.then(new Step.KeepDirectory("keep" + name, home.directory(), home.at()));
            }
        }
        return plan.build();
    }

    /** A host that doesn't answer may run it, unless its checkpoint proves that no host does. */
    private static void refuseUnlessSeen(TerminateSurvey facts) {
        var isSuspended = facts.checkpoints().stream()
                .map(TerminateSurvey.Attached::entry)
                .anyMatch(entry -> entry.state() == CheckpointState.COMPLETE
                        && entry.record()
                                .filter(record -> record.sourceReleased())
                                .isPresent());
        facts.silentHosts().stream()
                .filter(host -> !isSuspended && !facts.deadHosts().contains(host))
                .findFirst()
                .ifPresent(host -> {
                    throw Failure.of(FailureKind.ENVIRONMENT, "host.silent", "a host doesn't answer")
                            .host(host)
                            .why(facts.token().vm() + " may be there")
                            .next("make the host answer; or, if you know that it is switched off, say --host-is-dead "
                                    + host)
                            .build();
                });
    }
}
