package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.CheckpointPurpose;

/**
 * Plans a cold migration: saved at the source, restored at the target, and when that can't be, restored at the source
 * again. VM directories that the hosts don't share go along when the guest is gone from the source; what is there of them
 * stays as it is until the guest runs at the target, so that the way back needs nothing. The source's link and attachment
 * are tidied up when the guest runs again, not while it stands still.
 */
final class MigratePlanner {
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private MigratePlanner() {}

    static Plan plan(MigrateSurvey facts) {
        var saved = SuspendPlanner.save(facts.saving(), CheckpointPurpose.MIGRATE, new Moving(facts.moves()));
        refuse(facts);
        if (!facts.saving().storageCan().manyHosts()) {
            saved.left().tidyUp(saved.leg(), "");
        }
        return saved.leg().onward(restore(facts, saved)).build();
    }

    private static Plan restore(MigrateSurvey facts, SuspendPlanner.Saved saved) {
        var restoring = restoring(facts, saved, "to-", facts.target(), FIRST, facts.targetDefinition());
        var moving = new Moving(facts.moves());
        var leg = restoring
                .addTo(moving.addBringing(leg(facts)))
                .cleanup()
                .then(restoring.unlink())
                .then(restoring.detach());
        if (facts.saving().storageCan().manyHosts()) {
            saved.left().tidyUp(leg, "");
        }
        return moving.addLeaving(leg.then(restoring.delete()))
                .retreat(comeBack(facts, saved))
                .build();
    }

    /**
     * In the generation after: the checkpoint is given back in that one if it was consumed at the target before that was
     * undone, and what was tried there can't consume this one, however late it arrives.
     */
    private static Plan comeBack(MigrateSurvey facts, SuspendPlanner.Saved saved) {
        var source = facts.saving().host();
        var restoring = restoring(facts, saved, "back-", source, SECOND, facts.sourceDefinition());
        var leg = restoring.addTo(leg(facts)).cleanup().then(restoring.unlink()).then(restoring.detach());
        return saved.left()
                .removeFile(leg, "back-")
                .then(restoring.delete())
                .retreat(leaveAlone(facts, saved))
                .build();
    }

    /** The checkpoint stays, for a person to resume; nothing else does. */
    private static Plan leaveAlone(MigrateSurvey facts, SuspendPlanner.Saved saved) {
        return saved.left().tidyUp(leg(facts).pointOfNoReturn(), "left-").build();
    }

    private static Plan.Builder leg(MigrateSurvey facts) {
        var token = facts.saving().token();
        return Plan.of(token.operation(), CheckpointPurpose.MIGRATE.word(), token.vm());
    }

    private static Restoring restoring(
            MigrateSurvey facts,
            SuspendPlanner.Saved saved,
            String prefix,
            HostRef at,
            int generation,
            String definition) {
        var guest = facts.saving().guest();
        return new Restoring(
                prefix,
                facts.saving().token().vm(),
                at,
                saved.volume(),
                generation,
                saved.length(),
                saved.digest(),
                definition,
                guest.persistentDefinition(),
                guest.view().state() == GuestState.PAUSED,
                at.equals(facts.target()) && facts.knownAtTarget(),
                facts.saving().linkFolder());
    }

    private static void refuse(MigrateSurvey facts) {
        if (facts.target().equals(facts.saving().host())) {
            throw sameHost(facts.saving().token().vm(), facts.target());
        }
        facts.obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle;
        });
    }

    static Failure sameHost(VmRef vm, HostRef host) {
        return Failure.of(FailureKind.CALLER, "migrate.same-host", vm + " is on " + host + " already")
                .why("source and target of a migration must differ")
                .next("name another host with --host")
                .build();
    }
}
