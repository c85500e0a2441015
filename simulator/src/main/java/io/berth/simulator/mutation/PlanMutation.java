package io.berth.simulator.mutation;

import io.berth.core.operation.AdoptSurvey;
import io.berth.core.operation.CheckpointSurvey;
import io.berth.core.operation.LiveMigrateSurvey;
import io.berth.core.operation.MigrateSurvey;
import io.berth.core.operation.MoveDirectorySurvey;
import io.berth.core.operation.Planners;
import io.berth.core.operation.RehearsalSurvey;
import io.berth.core.operation.ResumeSurvey;
import io.berth.core.operation.StartSurvey;
import io.berth.core.operation.StopSurvey;
import io.berth.core.operation.SuspendSurvey;
import io.berth.core.operation.TerminateSurvey;
import io.berth.core.operation.Wiring;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Berth with plans that aren't as they should be. */
record PlanMutation(UnaryOperator<Plan> change) implements Variation {
    /** The same in operations of one kind only. */
    PlanMutation in(String operation) {
        return new PlanMutation(plan -> plan.kind().equals(operation) ? change.apply(plan) : plan);
    }

    /** The same in plans with a step of that kind only. */
    PlanMutation beside(Class<? extends Step> kind) {
        return new PlanMutation(plan -> first(plan.steps(), kind) < 0 ? plan : change.apply(plan));
    }

    /** Both, this one first. */
    PlanMutation and(PlanMutation other) {
        return new PlanMutation(plan -> other.change.apply(change.apply(plan)));
    }

    /** Leaves out every step of these kinds. */
    static PlanMutation without(List<Class<? extends Step>> leftOut) {
        return new PlanMutation(plan -> {
            var steps = plan.steps();
            var left = new ArrayList<Step>();
            var border = plan.pointOfNoReturn();
            var cleanup = plan.cleanup();
            for (var index = 0; index < steps.size(); index++) {
                var step = steps.get(index);
                if (leftOut.stream().noneMatch(kind -> kind.isInstance(step))) {
                    left.add(step);
                } else {
                    border -= index < plan.pointOfNoReturn() ? 1 : 0;
                    cleanup -= index < plan.cleanup() ? 1 : 0;
                }
            }
            return with(plan, left, border, cleanup);
        });
    }

    /** Moves the first step of a kind right behind, or right before, the first of another. */
    static PlanMutation moved(Class<? extends Step> kind, boolean behind, Class<? extends Step> other) {
        return new PlanMutation(plan -> {
            var steps = new ArrayList<>(plan.steps());
            var from = first(steps, kind);
            if (from < 0 || first(steps, other) < 0) {
                return plan;
            }
            var step = steps.remove(from);
            var to = first(steps, other) + (behind ? 1 : 0);
            steps.add(to, step);
            return with(plan, steps, border(plan.pointOfNoReturn(), from, to), border(plan.cleanup(), from, to));
        });
    }

    /** Where a border lies when a step was moved; one that is put right at it stays on its side. */
    private static int border(int before, int from, int to) {
        var without = from < before ? before - 1 : before;
        var isBefore = from < before ? to <= without : to < without;
        return isBefore ? without + 1 : without;
    }

    /** Puts the point of no return right behind, or right before, the first step of a kind. */
    static PlanMutation border(boolean behind, Class<? extends Step> kind) {
        return new PlanMutation(plan -> {
            var at = first(plan.steps(), kind);
            var border = at + (behind ? 1 : 0);
            return at < 0 ? plan : with(plan, plan.steps(), border, Math.max(border, plan.cleanup()));
        });
    }

    /** Nothing is done when a later leg was undone. */
    static PlanMutation withoutRetreat() {
        return new PlanMutation(plan -> new Plan(
                plan.operation(),
                plan.kind(),
                plan.vm(),
                plan.steps(),
                plan.pointOfNoReturn(),
                plan.confirmations(),
                plan.cleanup(),
                plan.onward(),
                Optional.empty()));
    }

    /** Every way uses a checkpoint in its first generation. */
    static PlanMutation inOneGeneration() {
        return new PlanMutation(plan -> with(
                plan,
                plan.steps().stream()
                        .map(step -> step instanceof Step.AdvanceCheckpoint advance
                                ? new Step.AdvanceCheckpoint(advance.name(), advance.volume(), 1, advance.to())
                                : step)
                        .toList(),
                plan.pointOfNoReturn(),
                plan.cleanup()));
    }

    /** A leg that another follows ends where it can't be undone any more. */
    static PlanMutation withoutEnding() {
        return new PlanMutation(plan -> plan.onward().isEmpty()
                ? plan
                : with(
                        plan,
                        plan.steps().subList(0, plan.pointOfNoReturn()),
                        plan.pointOfNoReturn(),
                        plan.pointOfNoReturn()));
    }

    /** Nobody copies what is on a guest's disks. */
    static PlanMutation withoutCopiedDisks() {
        return new PlanMutation(plan -> with(
                plan,
                plan.steps().stream()
                        .map(step -> step instanceof Step.MigrateGuest migrate
                                ? new Step.MigrateGuest(
                                        migrate.name(),
                                        migrate.vm(),
                                        migrate.at(),
                                        migrate.to(),
                                        migrate.definition(),
                                        migrate.expected(),
                                        migrate.ownerPaused(),
                                        List.of())
                                : step)
                        .toList(),
                plan.pointOfNoReturn(),
                plan.cleanup()));
    }

    private static int first(List<Step> steps, Class<? extends Step> kind) {
        for (var index = 0; index < steps.size(); index++) {
            if (kind.isInstance(steps.get(index))) {
                return index;
            }
        }
        return -1;
    }

    private static Plan with(Plan plan, List<Step> steps, int border, int cleanup) {
        var names = steps.stream().limit(border).map(Step::name).toList();
        return new Plan(
                plan.operation(),
                plan.kind(),
                plan.vm(),
                steps,
                border,
                plan.confirmations().stream().filter(names::contains).toList(),
                cleanup,
                plan.onward(),
                plan.retreat());
    }

    /** The same change to each leg of a journey. */
    private static Plan everywhere(Plan plan, UnaryOperator<Plan> change) {
        return change.apply(new Plan(
                plan.operation(),
                plan.kind(),
                plan.vm(),
                plan.steps(),
                plan.pointOfNoReturn(),
                plan.confirmations(),
                plan.cleanup(),
                plan.onward().map(leg -> everywhere(leg, change)),
                plan.retreat().map(leg -> everywhere(leg, change))));
    }

    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.planners(wiring, new Changed(wiring.planners(), change));
    }

    private record Changed(Planners sound, UnaryOperator<Plan> change) implements Planners {
        @Override
        public Plan suspend(SuspendSurvey facts) {
            return change.apply(sound.suspend(facts));
        }

        @Override
        public Plan stop(StopSurvey facts) {
            return change.apply(sound.stop(facts));
        }

        @Override
        public Plan resume(ResumeSurvey facts) {
            return change.apply(sound.resume(facts));
        }

        @Override
        public Plan start(StartSurvey facts) {
            return change.apply(sound.start(facts));
        }

        @Override
        public Plan migrate(MigrateSurvey facts) {
            return everywhere(sound.migrate(facts), change);
        }

        @Override
        public Plan migrateLive(LiveMigrateSurvey facts) {
            return change.apply(sound.migrateLive(facts));
        }

        @Override
        public Plan terminate(TerminateSurvey facts) {
            return change.apply(sound.terminate(facts));
        }

        @Override
        public Plan moveDirectory(MoveDirectorySurvey facts) {
            return change.apply(sound.moveDirectory(facts));
        }

        @Override
        public Plan verify(CheckpointSurvey facts) {
            return change.apply(sound.verify(facts));
        }

        @Override
        public Plan delete(CheckpointSurvey facts) {
            return change.apply(sound.delete(facts));
        }

        @Override
        public Plan adopt(AdoptSurvey facts) {
            return change.apply(sound.adopt(facts));
        }

        @Override
        public Plan rehearse(RehearsalSurvey facts) {
            return change.apply(sound.rehearse(facts));
        }
    }
}
