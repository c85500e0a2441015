package io.berth.simulator.mutation;

import io.berth.core.operation.Wiring;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;

/**
 * Believes that two hosts share nothing as soon as one doesn't see what the other wrote: what stands at the target under
 * the directory's name is the copy then, and the source's is deleted without a look.
 */
final class UnseenTakenAsApart implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.handlers(wiring, step -> {
            var sound = wiring.handlers().of(step);
            return switch (step) {
                case Step.BringDirectory bring -> bringing(sound, bring);
                case Step.LeaveDirectory leave -> leaving(sound, leave);
                default -> sound;
            };
        });
    }

    private static StepHandler<Step> bringing(StepHandler<Step> sound, Step.BringDirectory bring) {
        return new Altered(sound) {
            @Override
            public Probe probe(Step step, StepRun run) {
                return Probe.doneIf(run.drivers()
                        .storage(bring.directory().datastore())
                        .directories()
                        .orElseThrow()
                        .content(bring.to(), bring.directory())
                        .isPresent());
            }

            @Override
            public void verify(Step step, StepRun run) {}
        };
    }

    private static StepHandler<Step> leaving(StepHandler<Step> sound, Step.LeaveDirectory leave) {
        return new Altered(sound) {
            @Override
            public Outputs perform(Step step, StepRun run) {
                var asides = run.drivers()
                        .storage(leave.directory().datastore())
                        .directories()
                        .orElseThrow()
                        .asides();
                try {
                    asides.setAside(run.determinedCall(), leave.directory(), leave.at());
                } catch (Failure gone) {
                    // Then there is nothing to be set aside.
                }
                asides.delete(run.determinedCall(), leave.directory(), leave.at());
                return Outputs.NONE;
            }
        };
    }
}
