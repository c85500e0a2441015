package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.core.journal.StepEvent;
import io.berth.core.operation.Operations;
import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Runs operations for somebody who watches. Thread-safe. */
final class Runs {
    private final Operations operations;
    private final Journal journal;
    private final RunningOperations running;

    Runs(Operations operations, Journal journal, RunningOperations running) {
        this.operations = operations;
        this.journal = journal;
        this.running = running;
    }

    Report run(Watch watch, Function<RunOptions, RunResult> operation) {
        var begun = System.nanoTime();
        Preparation.beginPlans();
        var watched = new WatchedRun(watch, running);
        try {
            var result = operation.apply(options(watch, watched));
            var took = Duration.ofNanos(System.nanoTime() - begun);
            return new Report(result, took, volume(result.plan()), imageLength(result.plan()), watched.times());
        } finally {
            watched.forget();
        }
    }

    <T> T runAll(Watch watch, Function<RunOptions, T> work) {
        var watched = new WatchedRun(watch, running);
        try {
            return work.apply(options(watch, watched));
        } finally {
            watched.forget();
        }
    }

    private RunOptions options(Watch watch, WatchedRun watched) {
        return operations.options().with(watch.cancellation(), watched).with(watched);
    }

    private static Optional<VolumeRef> volume(Plan plan) {
        return plan.all().flatMap(step -> volumeOf(step).stream()).findFirst();
    }

    private static Optional<VolumeRef> volumeOf(Step step) {
        if (step instanceof Step.AttachVolume attach) {
            return Optional.of(attach.volume());
        }
        return step instanceof Step.DeleteVolume delete ? Optional.of(delete.volume()) : Optional.empty();
    }

    /** What the save step wrote down; a resume knows it from the record. */
    private Optional<DataSize> imageLength(Plan plan) {
        var save = plan.all()
                .filter(Step.SaveMemory.class::isInstance)
                .map(Step::name)
                .findFirst();
        return save.isPresent()
                ? output(plan, save.get())
                : plan.all().flatMap(step -> restored(step).stream()).findFirst();
    }

    private static Optional<DataSize> restored(Step step) {
        return step instanceof Step.RestorePaused restore
                        && restore.length() instanceof Operand.Known<DataSize>(var length)
                ? Optional.of(length)
                : Optional.empty();
    }

    private Optional<DataSize> output(Plan plan, String step) {
        try {
            return journal.events(plan.operation()).stream()
                    .filter(event -> event.step().equals(step) && event.phase() == StepEvent.Phase.DONE)
                    .map(event -> event.outputs().get(Ref.Type.LENGTH.output()))
                    .filter(text -> text != null)
                    .map(Ref.Type.LENGTH::parse)
                    .findFirst();
        } catch (Failure _) {
            return Optional.empty(); // only for the report: the operation's own end is known
        }
    }
}
