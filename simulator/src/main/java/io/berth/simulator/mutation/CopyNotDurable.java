package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.StepRun;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.SimulatedDirectory;
import io.berth.simulator.world.World;

/** Takes a directory for brought before all of it is on the target's medium. */
final class CopyNotDurable implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.handlers(wiring, step -> {
            var sound = wiring.handlers().of(step);
            return step instanceof Step.BringDirectory bring
                    ? new Altered(sound) {
                        @Override
                        public Outputs perform(Step kind, StepRun run) {
                            var outputs = super.perform(kind, run);
                            world.folders()
                                    .flatMap(folders -> folders
                                            .find(bring.to(), bring.directory().name())
                                            .stream())
                                    .forEach(SimulatedDirectory::doubt);
                            return outputs;
                        }
                    }
                    : sound;
        });
    }
}
