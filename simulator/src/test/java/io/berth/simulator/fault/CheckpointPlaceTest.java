package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.OperationSettings;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.Wiring;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.SimulatedFolders.Kind;
import io.berth.simulator.world.World;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which datastore a VM's memory goes onto when its user names none. The simulated directories keep no checkpoints. */
class CheckpointPlaceTest {
    private static final Scenario SCENARIO = new Scenario(Task.SUSPEND, MemoryWriter.STREAM, true, true, true, false);

    /** Berth with {@code checkpoint-location: file} for the directories on "files". */
    private static final Variation BESIDE_DISKS = new Variation() {
        @Override
        public Wiring rewire(Wiring sound, EngineProcess engine, World world) {
            var settings = new OperationSettings(
                    sound.settings().linkFolder(), Optional.of("store"), Map.of(), Set.of("files"));
            return new Wiring(
                    sound.drivers(),
                    sound.journal(),
                    sound.owner(),
                    settings,
                    sound.handlers(),
                    sound.planners(),
                    sound.ids(),
                    sound.fanout(),
                    sound.heartbeat(),
                    sound.pause(),
                    sound.retryPauses(),
                    sound.clock());
        }
    };

    private static Plan plan(Scenario scenario, Optional<String> named) {
        var stage = new Stage(scenario, BESIDE_DISKS, 1);
        var engine = stage.engines().start(stage.calm());
        try {
            return engine.operations()
                    .planSuspend(new SuspendRequest(
                            "guest", Optional.empty(), named, Optional.empty(), Optional.empty(), false));
        } finally {
            engine.process().die();
        }
    }

    private static String datastore(Plan plan) {
        return plan.all()
                .filter(Step.CreateVolume.class::isInstance)
                .map(step -> ((Step.CreateVolume) step).volume().datastore())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itIsTheOneOfItsDisksWhereTheConfigurationSaysSo() {
        assertThatThrownBy(() -> plan(SCENARIO.in(Kind.UNTOLD_SHARED), Optional.empty()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.getMessage()).contains("no checkpoint can be put on files"));
    }

    @Test
    void itIsTheDefaultOneForAVmWhoseDisksAreElsewhere() {
        assertThat(datastore(plan(SCENARIO, Optional.empty()))).isEqualTo("store");
    }

    @Test
    void whatTheUserNamesCountsMore() {
        assertThat(datastore(plan(SCENARIO.in(Kind.UNTOLD_SHARED), Optional.of("store"))))
                .isEqualTo("store");
    }
}
