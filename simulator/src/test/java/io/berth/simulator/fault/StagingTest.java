package io.berth.simulator.fault;

import static io.berth.simulator.fault.DirectoryTrials.ask;
import static io.berth.simulator.fault.DirectoryTrials.assertKept;
import static io.berth.simulator.fault.DirectoryTrials.collectGarbage;
import static io.berth.simulator.fault.DirectoryTrials.cutBefore;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.operation.Leftover;
import io.berth.core.operation.MemoryPlace;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StagingFile;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Memory that goes through a file on its way into the storage. */
final class StagingTest {
    private static Stage stage(Task task, Kind kind) {
        var scenario = new Scenario(task, MemoryWriter.STREAM, true, true, true, false).in(kind);
        return new Stage(scenario.going(MemoryPlace.THROUGH_A_FILE), Variation.NONE, 1);
    }

    private static Stream<StagingFile> left(Stage stage) {
        return stage.world().folders().flatMap(folders -> folders.staged(Stage.FIRST).keySet().stream());
    }

    @Test
    void theCheckpointIsOnItsDatastoreAndTheFileIsGone() {
        var stage = stage(Task.SUSPEND, Kind.APART);

        assertThat(ask(stage).succeeded()).isTrue();

        assertThat(stage.world().datastore("store").entries())
                .filteredOn(entry -> entry.record()
                        .filter(record -> record.vm().equals(stage.vm()))
                        .isPresent())
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(CheckpointState.COMPLETE));
        assertThat(left(stage)).isEmpty();
        assertKept(stage);
    }

    @Test
    void theGarbageCollectorTakesTheFileFromAHostThatWasDead() {
        var stage = stage(Task.SUSPEND, Kind.APART);
        var boundary = new Boundary(stage.world(), cutBefore(stage, "staging.remove"), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        stage.ask(engine, Set.of());
        engine.process().die();
        var second = stage.engines().start(stage.calm());
        second.operations().recover(second.operations().options().withDead(Set.of(Stage.FIRST)));
        assertThat(second.operations().collectGarbage(false).silent()).hasSize(1);
        second.process().die();
        stage.world().givePower(stage.world().host(Stage.FIRST));
        assertThat(left(stage)).hasSize(1);

        assertThat(collectGarbage(stage).leftovers())
                .extracting(Leftover::verdict)
                .contains(Leftover.Verdict.STALE_STAGING_FILE);

        assertThat(left(stage)).isEmpty();
        assertThat(collectGarbage(stage).leftovers()).isEmpty();
        assertKept(stage);
    }

    @Test
    void theGarbageCollectorLeavesTheFileOfAnOperationThatSomebodyWorksOn() {
        var stage = stage(Task.SUSPEND, Kind.UNTOLD_SHARED);
        var boundary = new Boundary(stage.world(), cutBefore(stage, "devices.copy"), stage.checker()::look);
        var engine = stage.engines().start(boundary);
        stage.ask(engine, Set.of());
        engine.process().die();

        assertThat(collectGarbage(stage).leftovers()).isEmpty();

        assertThat(left(stage)).hasSize(1);
    }
}
