package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.AdoptRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointState;
import io.berth.simulator.world.SimulatedDatastore;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Something else has saved a guest into a volume of its own naming. */
final class AdoptTest {
    private final Stage stage = new Stage(
            new Scenario(Scenario.Task.ADOPT, MemoryWriter.STREAM, true, true, false, false), Variation.NONE, 1);
    private final Engines.Engine engine = stage.engines().start(stage.calm());

    private SimulatedDatastore datastore() {
        return stage.world().datastore(Stage.FOREIGN.datastore());
    }

    private void assertPromiseKept() {
        stage.checker().end(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }

    @Test
    void itIsDescribedAndStaysAsItIsUntilTheGuestRuns() {
        assertThat(stage.ask(engine, Set.of()).succeeded()).isTrue();
        assertThat(datastore().entry(Stage.FOREIGN).map(Entry::state)).contains(CheckpointState.COMPLETE);
        assertPromiseKept();
        engine.operations().collectGarbage(true);
        engine.operations().rebuild();
        assertPromiseKept();

        assertThat(stage.resume(engine, Set.of()).succeeded()).isTrue();

        assertThat(datastore().volume(Stage.FOREIGN)).isEmpty();
        assertThat(datastore().entry(Stage.FOREIGN)).isEmpty();
        assertPromiseKept();
    }

    @Test
    void theImageOfAnotherVmIsRefusedAndLeftAlone() {
        var result = adopt(UUID.randomUUID());

        assertThat(result.state()).isEqualTo(OperationState.FAILED);
        assertThat(result.failure().map(Failure::code)).contains("image.foreign");
        assertThat(datastore().entry(Stage.FOREIGN)).isEmpty();
        assertPromiseKept();
    }

    private RunResult adopt(UUID vm) {
        return engine.operations()
                .adopt(
                        new AdoptRequest(Stage.FOREIGN, new VmRef(vm, "guest"), Stage.FIRST, Set.of()),
                        engine.operations().options());
    }
}
