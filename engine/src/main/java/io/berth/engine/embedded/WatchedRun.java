package io.berth.engine.embedded;

import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanText;
import io.berth.core.plan.Step;
import io.berth.core.run.RunListener;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.OperationId;
import io.berth.driver.Progress;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report.StepTime;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what happens in a run into events, log lines and times. One operation after the other. Thread-safe. */
final class WatchedRun implements RunListener, Progress {
    private final Watch watch;
    private final RunningOperations running;
    private final List<StepTime> times = new ArrayList<>();
    private @Nullable OperationId operation;
    private long begun = System.nanoTime();
    private long stepBegun = begun;

    WatchedRun(Watch watch, RunningOperations running) {
        this.watch = watch;
        this.running = running;
    }

    @Override
    public synchronized void begins(Plan plan) {
        begun = System.nanoTime();
        operation = plan.operation();
        running.begins(plan.operation(), watch.cancellation());
        EngineLog.begins(plan);
        tell(new EngineEvent.OperationBegins(
                plan.operation(),
                plan.kind(),
                plan.vm(),
                Math.toIntExact(plan.all().count())));
    }

    @Override
    public synchronized void stepBegins(Plan plan, Step step, Direction direction) {
        stepBegun = System.nanoTime();
        tell(new EngineEvent.StepBegins(
                plan.operation(), plan.all().toList().indexOf(step) + 1, step.name(), PlanText.line(step), direction));
    }

    @Override
    public synchronized void stepEnds(Plan plan, Step step, Direction direction, Phase phase) {
        var took = Duration.ofNanos(System.nanoTime() - stepBegun);
        times.add(new StepTime(direction == Direction.UNDO ? "undo-" + step.name() : step.name(), took));
        EngineLog.stepEnds(plan, step, direction, phase, took);
        tell(new EngineEvent.StepEnds(plan.operation(), step.name(), direction, phase));
    }

    @Override
    public synchronized void ends(RunResult result) {
        running.ends(result.plan().operation());
        EngineLog.ends(result, Duration.ofNanos(System.nanoTime() - begun));
        tell(new EngineEvent.OperationEnds(result.plan().operation(), result.state(), result.message()));
    }

    @Override
    public synchronized void moved(DataSize done, DataSize expected) {
        if (operation != null) {
            tell(new EngineEvent.BytesMoved(operation, done, expected));
        }
    }

    /** In case it ended without saying so. */
    synchronized void forget() {
        if (operation != null) {
            running.ends(operation);
        }
    }

    synchronized List<StepTime> times() {
        return List.copyOf(times);
    }

    private void tell(EngineEvent event) {
        try {
            watch.events().accept(event);
        } catch (RuntimeException _) {
            // News only: whoever can't take them must not hinder the operation.
        }
    }
}
