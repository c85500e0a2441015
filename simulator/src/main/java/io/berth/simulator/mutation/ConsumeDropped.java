package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.StepRun;
import io.berth.driver.storage.CheckpointState;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;

/** Says that a checkpoint is consumed, and leaves it as it is. */
final class ConsumeDropped implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.handlers(wiring, step -> {
            var sound = wiring.handlers().of(step);
            return step instanceof Step.AdvanceCheckpoint advance && advance.to() == CheckpointState.CONSUMED
                    ? new Altered(sound) {
                        @Override
                        public Outputs perform(Step consume, StepRun run) {
                            return Outputs.NONE;
                        }
                    }
                    : sound;
        });
    }
}
