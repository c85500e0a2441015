package io.berth.simulator.fault;

import io.berth.core.run.Outputs;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointState;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EndlessRun;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.Violation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One operation under fire: asked for, struck, recovered as a person would, checked; then the guest is used once more,
 * to see that it is really there.
 */
public final class TrialRun {
    private static final int ROUNDS = 5;
    private static final int LIMIT = 4000;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration STALL = Duration.ofSeconds(60);

    private final Trial trial;
    private final Stage stage;
    private final Strikes strikes;
    private final Boundary boundary;
    /** Ever in this run: what was made on them waits for the garbage collector when they are back. */
    private final Set<HostRef> calledDead = new HashSet<>();

    private boolean done;
    private boolean dark;
    private boolean late;
    private boolean isForgotten;

    private TrialRun(Trial trial, Variation variation) {
        this.trial = trial;
        this.stage = new Stage(trial.scenario(), variation, trial.seed());
        this.strikes = new Strikes(
                trial.strikes(), stage.main(), stage.target(), stage.vm(), stage.journal(), stage.checker());
        this.boundary = new Boundary(stage.world(), strikes, stage.checker()::look);
        this.dark = trial.staysDark();
        boundary.limitTo(LIMIT);
        strikes.takeover(this::takeOver);
    }

    /** Runs it from the start to the last look. Only a run that breaks the promise is told: it is made again for that. */
    public static Outcome of(Trial trial, Variation variation) {
        var run = new TrialRun(trial, variation);
        run.stage.world().silence();
        var outcome = run.run();
        return outcome.violations().isEmpty() ? outcome : told(trial, variation);
    }

    /** As {@link #of}, with its story. */
    public static Outcome told(Trial trial, Variation variation) {
        return new TrialRun(trial, variation).run();
    }

    private Outcome run() {
        stage.world().story().clear();
        stage.world().note("asked: " + trial.scenario());
        var engine = stage.engines().start(boundary);
        guarded(engine, e -> answered(stage.ask(e, Set.of()), dead()));
        engine.process().die();
        var cameBack = isThere();
        late = false;
        var asked = boundary.count();
        if (stage.checker().isJournalLost()) {
            rebuild();
        }
        var finished = recover();
        strikes.deliver()
                .forEach(answer -> stage.world()
                        .note("*** delivered late: "
                                + answer.map(Failure::getMessage).orElse("accepted")));
        strikes.thinkAgain(stage.world());
        finished &= recover();
        if (strikes.haveLostTheJournal() || tellsMemoryLost()) {
            collectGarbage();
        }
        stage.checker().end(expectation());
        if (finished
                && !isForgotten
                && trial.scenario().task() != Scenario.Task.RESUME_BESIDE_INTRUDER
                && stage.checker().violations().isEmpty()) {
            useAgain();
        }
        if (trial.staysDark()) {
            finished &= comeBack();
        }
        if (finished && !trial.scenario().task().equals(Scenario.Task.RESUME_BESIDE_INTRUDER)) {
            collectGarbage();
            stage.checker().end(expectation());
            stage.checker().swept(stage.expectation(dead()));
        }
        if (!strikes.haveStruck() && trial.scenario().isExpectedToSucceed() && !done) {
            stage.checker().add(new Violation(Clause.PROGRESS, "it doesn't succeed though nothing went wrong"));
        }
        if (!strikes.haveStruck() && trial.scenario().task() == Scenario.Task.MIGRATE_IN_VAIN && !cameBack) {
            stage.checker().add(new Violation(Clause.PROGRESS, "it doesn't come back though the source is well"));
        }
        return new Outcome(
                trial,
                strikes.sites(),
                asked,
                strikes.haveStruck(),
                stage.checker().violations(),
                stage.world().story());
    }

    /** A host that was thought dead for good is switched on after all. */
    private boolean comeBack() {
        dark = false;
        var finished = recover();
        if (tellsMemoryLost()) {
            collectGarbage();
        }
        stage.checker().end(expectation());
        return finished;
    }

    /** Lets recovery run, with hosts up again or declared dead, until nothing is open. */
    private boolean recover() {
        for (var round = 0; round < ROUNDS; round++) {
            stage.world().hosts().forEach(this::revive);
            stage.world().pass(BETWEEN);
            if (stage.journal().open().isEmpty()) {
                return true;
            }
            var engine = stage.engines().start(boundary);
            guarded(engine, e -> recoverOnce(e, callDead()));
            engine.process().die();
        }
        return stage.journal().open().isEmpty();
    }

    /** As a person does who finds no journal; what that can't bring back the garbage collector finds. */
    private void rebuild() {
        stage.world().hosts().forEach(this::revive);
        stage.world().pass(BETWEEN);
        var engine = stage.engines().start(boundary);
        guarded(engine, e -> {
            var restored = e.operations().rebuild();
            stage.world().note("rebuilt: " + restored);
            isForgotten = restored.isEmpty();
            if (isForgotten) {
                stage.checker().forgotten();
            }
        });
        engine.process().die();
        stage.checker().journalLost(false);
    }

    /** Then a VM may have two directories, and a person has to choose. */
    private boolean tellsMemoryLost() {
        return stage.journal().operations().stream()
                .flatMap(entry -> stage.journal().events(entry.id()).stream())
                .anyMatch(event -> new Outputs(event.outputs()).tellMemoryLost());
    }

    /** Once more when a person had to choose. */
    private void collectGarbage() {
        var owner = new DirectoryOwner(stage.world());
        sweep(owner);
        if (owner.choose()) {
            stage.world().note("*** of two directories one was removed by hand");
            sweep(owner);
        }
    }

    private void sweep(DirectoryOwner owner) {
        var engine = stage.engines().start(stage.calm());
        guarded(engine, e -> {
            var sweep = e.operations().collectGarbage(true);
            sweep.leftovers().forEach(left -> stage.world().note("garbage: " + left));
            owner.hears(sweep);
        });
        engine.process().die();
    }

    private void recoverOnce(Engines.Engine engine, Set<HostRef> dead) {
        var options = engine.operations().options().withDead(dead);
        for (var recovered : engine.operations().recover(options)) {
            recovered.result().ifPresent(result -> {
                answered(result, dead);
                if (result.failure().filter(why -> why.is("migrate.in-doubt")).isPresent()) {
                    stage.decide();
                }
            });
            recovered.obstacle().ifPresent(failure -> stage.world().note("recovery: " + failure.getMessage()));
        }
    }

    private void revive(SimulatedHost host) {
        stage.world().healNetwork(host);
        if (!dark) {
            stage.world().givePower(host);
        }
    }

    private Set<HostRef> dead() {
        return stage.world().hosts().stream()
                .filter(host -> !host.isPowered())
                .map(SimulatedHost::ref)
                .collect(Collectors.toSet());
    }

    /** A person says of all that are off that they are dead. */
    private Set<HostRef> callDead() {
        var dead = dead();
        calledDead.addAll(dead);
        return dead;
    }

    /** What is expected at an end: of hosts that are dead, or were called so and are back, nothing on their disks. */
    private Expectation expectation() {
        var gone = new HashSet<>(calledDead);
        gone.addAll(dead());
        return stage.expectation(gone);
    }

    /** Somebody else finds the engine silent, recovers, and goes on with the guest. */
    private void takeOver() {
        stage.world().pass(STALL);
        var engine = stage.engines().start(stage.calm());
        guarded(engine, e -> recoverOnce(e, callDead()));
        guarded(engine, this::moveOn);
        engine.process().die();
        late = true;
        stage.world().note("*** the stalled engine wakes up");
    }

    private void useAgain() {
        var times = isThere() ? 2 : 1;
        for (var time = 0; time < times; time++) {
            var engine = stage.engines().start(stage.calm());
            guarded(engine, e -> {
                if (!moveOn(e)) {
                    stage.checker().add(new Violation(Clause.PROGRESS, "the guest can't be used again"));
                }
            });
            engine.process().die();
            stage.checker().end(expectation());
        }
    }

    /** Suspends a guest that is there, brings back one that isn't; true when there is none, or it went well. */
    private boolean moveOn(Engines.Engine engine) {
        var dead = callDead();
        if (isThere()) {
            return answered(stage.suspendAgain(engine), dead).succeeded();
        }
        var isSaved = engine.operations().checkpoints().stream()
                .anyMatch(entry -> entry.state() == CheckpointState.COMPLETE
                        && entry.record()
                                .filter(record -> record.vm().equals(stage.vm()))
                                .isPresent());
        return !isSaved || answered(stage.resume(engine, dead), dead).succeeded();
    }

    private boolean isThere() {
        return stage.world().hosts().stream()
                .anyMatch(host -> host.copy(stage.vm().uuid()).isPresent());
    }

    private RunResult answered(RunResult result, Set<HostRef> dead) {
        stage.world().note("=> " + result.plan().kind() + " " + result.state() + " " + result.message());
        if (late) {
            stage.checker().reportedLate(result);
        } else {
            stage.checker().reported(stage.expectation(dead), result);
        }
        done |= result.succeeded();
        return result;
    }

    private void guarded(Engines.Engine engine, Consumer<Engines.Engine> work) {
        try {
            work.accept(engine);
        } catch (EngineDied died) {
            stage.world().note("=> " + died.getMessage());
        } catch (EndlessRun endless) {
            stage.checker().add(new Violation(Clause.PROGRESS, endless.toString()));
        } catch (Failure refused) {
            stage.world().note("=> refused: " + refused.getMessage());
        } catch (RuntimeException bug) {
            stage.checker().add(new Violation(Clause.TRUE_REPORT, "it breaks: " + bug));
        }
    }
}
