package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.Step;
import io.berth.core.run.StepRun;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.SimulatedDirectory;
import io.berth.simulator.world.World;

/** Takes a disk that a guest took along for safe before all of it is on the target's medium. */
final class DiskNotDurable implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.handlers(wiring, step -> {
            var sound = wiring.handlers().of(step);
            return step instanceof Step.MigrateGuest migrate
                    ? new Altered(sound) {
                        @Override
                        public void verify(Step kind, StepRun run) {
                            super.verify(kind, run);
                            world.folders()
                                    .flatMap(folders -> folders
                                            .find(migrate.to(), migrate.vm().name())
                                            .stream())
                                    .forEach(SimulatedDirectory::doubt);
                        }
                    }
                    : sound;
        });
    }
}
