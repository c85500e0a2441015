package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes all transitions of a checkpoint that holds no guest, and sees that the ledger keeps them and the record. */
final class RehearseLedgerHandler implements StepHandler<Step.RehearseLedger> {
    /** CONSUMED first: whatever happens from there on, nobody makes a guest of it, and the collector takes it. */
    private static final List<CheckpointState> ORDER =
            List.of(CheckpointState.CONSUMED, CheckpointState.WRITING, CheckpointState.COMPLETE);

    @Override
    public Probe probe(Step.RehearseLedger step, StepRun run) {
        return Probe.doneIf(missing(step, run).isEmpty());
    }

    @Override
    public Outputs perform(Step.RehearseLedger step, StepRun run) {
        ORDER.forEach(
                state -> ledger(step, run).advance(run.call(), step.record().volume(), 1, state));
        return Outputs.NONE;
    }

    @Override
    public void undo(Step.RehearseLedger step, StepRun run) {}

    @Override
    public void verify(Step.RehearseLedger step, StepRun run) {
        missing(step, run).ifPresent(what -> {
            throw Failure.of(
                            FailureKind.STORAGE,
                            "rehearsal.ledger-forgets",
                            "the ledger of datastore " + step.record().volume().datastore()
                                    + " doesn't keep what is written to it")
                    .why(what)
                    .next("suspend nothing onto this datastore until you know why: see that nothing else writes or"
                            + " deletes there, and that all its hosts mean the same folder or pool")
                    .build();
        });
    }

    private static Optional<String> missing(Step.RehearseLedger step, StepRun run) {
        var entry = ledger(step, run).find(step.record().volume());
        if (entry.isEmpty()) {
            return Optional.of("it knows nothing of " + step.record().volume());
        }
        return Arrays.stream(CheckpointState.values())
                .filter(state -> entry.get()
                        .takenBy(1, state)
                        .filter(run.operation()::equals)
                        .isEmpty())
                .map(state -> state + " isn't there, or is another operation's")
                .findFirst()
                .or(() -> entry.get().record().filter(step.record()::equals).isEmpty()
                        ? Optional.of("the record isn't there, or reads otherwise")
                        : Optional.empty());
    }

    private static CheckpointLedger ledger(Step.RehearseLedger step, StepRun run) {
        return run.drivers().storage(step.record().volume().datastore()).ledger();
    }
}
