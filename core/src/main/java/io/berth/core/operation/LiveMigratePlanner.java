package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestState;

/**
 * Plans a live migration. The source forgets the guest's definition first, and the target gets it last: in between
 * neither has anything to start the guest anew with, should it lose power beside the other's copy. VM directories that the
 * hosts don't share are at the target before, without what is in the disks that the guest is at work on; those at the source
 * are left last of all.
 */
final class LiveMigratePlanner {
    static final String KIND = "migrate-live";

    private LiveMigratePlanner() {}

    static Plan plan(LiveMigrateSurvey facts) {
        refuse(facts);
        var vm = facts.token().vm();
        var source = facts.source();
        var target = facts.target();
        var kept = facts.guest().persistentDefinition();
        var ownerPaused = facts.guest().view().state() == GuestState.PAUSED;
        var moving = new Moving(facts.moves());
        var migrate = new Step.MigrateGuest(
                "migrate",
                vm,
                source,
                target,
                facts.definition(),
                facts.guest().profile().memory().plus(moving.size()),
                ownerPaused,
                moving.copied());
        var plan = moving.addPreparing(moving.addFinding(Plan.of(facts.token().operation(), KIND, vm)));
        kept.ifPresent(definition -> plan.then(new Step.MakeTransient("make-transient", vm, source, definition)));
        plan.then(migrate).pointOfNoReturn(migrate.name());
        if (!ownerPaused) {
            plan.then(new Step.ResumeGuest("resume", vm, target));
        }
        plan.then(new Step.ForgetGuest("forget", vm, source));
        kept.ifPresent(definition -> plan.then(new Step.MakePersistent("make-persistent", vm, target, definition)));
        return moving.addLeaving(plan.cleanup()).build();
    }

    private static void refuse(LiveMigrateSurvey facts) {
        var vm = facts.token().vm();
        LivingGuest.refuseUnlessMovable(vm, facts.guest(), facts.otherCopies(), facts.checkpoints());
        if (facts.target().equals(facts.source())) {
            throw MigratePlanner.sameHost(vm, facts.target());
        }
        if (!facts.hypervisorCan().migrate()) {
            throw Failure.of(FailureKind.CALLER, "migrate.not-live", "the hypervisor can't move a guest that runs")
                    .host(facts.source())
                    .next("say --cold: through a checkpoint it can")
                    .build();
        }
        if (facts.knownAtTarget()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.defined-there", "the target keeps a definition of " + vm)
                    .host(facts.target())
                    .why("if it lost power meanwhile it could start the guest anew, beside the one that runs")
                    .next("make it forget that one: 'virsh undefine " + vm.uuid() + "' there, or 'berth gc --delete'")
                    .build();
        }
        facts.obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle;
        });
    }
}
