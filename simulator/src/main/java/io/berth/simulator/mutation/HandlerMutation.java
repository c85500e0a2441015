package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.Step;
import io.berth.core.run.StepHandler;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;
import java.util.function.UnaryOperator;

/** Berth with another handler for one kind of step. */
record HandlerMutation(Class<? extends Step> kind, UnaryOperator<StepHandler<Step>> change) implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.handlers(wiring, step -> {
            var sound = wiring.handlers().of(step);
            return kind.isInstance(step) ? change.apply(sound) : sound;
        });
    }
}
