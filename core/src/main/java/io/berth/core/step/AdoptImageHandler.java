package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** From here the volume is a checkpoint like any other. */
final class AdoptImageHandler implements StepHandler<Step.AdoptImage> {
    @Override
    public Probe probe(Step.AdoptImage step, StepRun run) {
        return Probe.doneIf(ledger(step, run)
                .find(step.volume())
                .flatMap(entry -> entry.takenBy(1, CheckpointState.COMPLETE))
                .filter(run.operation()::equals)
                .isPresent());
    }

    @Override
    public Outputs perform(Step.AdoptImage step, StepRun run) {
        var ledger = ledger(step, run);
        ledger.describe(run.call(), record(step, run));
        var stands = ledger.advance(run.call(), step.volume(), 1, CheckpointState.COMPLETE);
        if (!stands.by().equals(run.operation())) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "checkpoint.taken",
                            "the volume " + step.volume() + " is a checkpoint already")
                    .why("operation " + stands.by() + " made it one")
                    .next("see 'berth operation show " + stands.by() + "'")
                    .build();
        }
        return Outputs.NONE;
    }

    /** Whoever wrote it had ended the guest: what its host keeps of it isn't known, and not told. */
    private static CheckpointRecord record(Step.AdoptImage step, StepRun run) {
        var hypervisor = run.drivers().hypervisor(step.at());
        var header = hypervisor.inspect(step.at(), run.value(step.device()));
        var guest = hypervisor.identify(step.at(), header.definition()).orElseThrow();
        var now = run.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                step.volume(),
                CheckpointPurpose.SUSPEND,
                guest.vm(),
                step.at(),
                run.operation(),
                run.call().token().epoch(),
                hypervisor.type(),
                guest.profile(),
                header.definition(),
                Optional.empty(),
                header.ownerPaused(),
                run.value(step.length()),
                run.value(step.digest()),
                Optional.empty(),
                true,
                now,
                Optional.of(now));
    }

    private static CheckpointLedger ledger(Step.AdoptImage step, StepRun run) {
        return run.drivers().storage(step.volume().datastore()).ledger();
    }

    /** The volume isn't this operation's to take away, and what is known of it is true. */
    @Override
    public void undo(Step.AdoptImage step, StepRun run) {}

    @Override
    public void verify(Step.AdoptImage step, StepRun run) {}
}
