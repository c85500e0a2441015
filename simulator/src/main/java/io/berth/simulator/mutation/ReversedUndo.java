package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;

/** Undoes as many steps as it should, the first one first. */
final class ReversedUndo implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.handlers(wiring, step -> new Reversed(wiring.handlers().of(step), wiring));
    }

    private static final class Reversed extends Altered {
        private final Wiring wiring;

        Reversed(StepHandler<Step> sound, Wiring wiring) {
            super(sound);
            this.wiring = wiring;
        }

        /** Each call is for the last step that isn't undone yet: it and all before it are undone, in the wrong order. */
        @Override
        public void undo(Step step, StepRun run) {
            var operation = wiring.journal().operation(run.operation()).orElseThrow();
            var leg = PlanCodec.read(operation.plan())
                    .legs()
                    .filter(one -> one.steps().contains(step))
                    .findFirst()
                    .orElseThrow();
            for (var other : leg.steps()) {
                wiring.handlers().of(other).undo(other, run);
                if (other.equals(step)) {
                    return;
                }
            }
        }
    }
}
