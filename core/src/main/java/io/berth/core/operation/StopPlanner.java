package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointPurpose;

/** Plans a stop: a suspend after which the VM needs its host no more. */
final class StopPlanner {
    private StopPlanner() {}

    static Plan plan(StopSurvey facts) {
        refuseWhatStaysBound(facts);
        return SuspendPlanner.plan(facts.saving(), CheckpointPurpose.STOP);
    }

    private static void refuseWhatStaysBound(StopSurvey facts) {
        if (facts.elsewhere().isEmpty()) {
            var saving = facts.saving();
            throw Failure.of(
                            FailureKind.CALLER,
                            "stop.bound-to-host",
                            saving.token().vm() + " could be started again on its own host only")
                    .host(saving.host())
                    .why("no other host sees datastore " + saving.datastore())
                    .next("name a datastore that other hosts see with --datastore; or use 'berth vm suspend'")
                    .build();
        }
    }
}
