package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/** Undoes as many steps as it should, the first one first. */
final class ReversedUndo implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        var steps = new ArrayList<Step>();
        var observed = new PlanMutation(plan -> remember(plan, steps)).rewire(wiring, engine, world);
        return Rewiring.handlers(observed, step -> new Reversed(wiring.handlers().of(step), wiring, steps));
    }

    private static Plan remember(Plan plan, List<Step> steps) {
        steps.clear();
        steps.addAll(plan.steps());
        return plan;
    }

    private static final class Reversed extends Altered {
        private final Wiring wiring;
        private final List<Step> steps;

        Reversed(StepHandler<Step> sound, Wiring wiring, List<Step> steps) {
            super(sound);
            this.wiring = wiring;
            this.steps = steps;
        }

        /** The first call is for the last step that was begun: all steps up to it are undone, in the wrong order. */
        @Override
        public void undo(Step step, StepRun run) {
            var last = steps.indexOf(step);
            if (last < 0) {
                super.undo(step, run);
                return;
            }
            for (var index = 0; index <= last; index++) {
                var other = steps.get(index);
                wiring.handlers().of(other).undo(other, run);
            }
            steps.clear();
        }
    }
}
