package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.fleet.Crew;
import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetLimits;
import io.berth.core.fleet.Fleets;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.MemoryPlace;
import io.berth.core.operation.Operations;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a VM's memory goes when its user names no datastore. */
class CheckpointPlaceTest {
    private static final Scenario SCENARIO = new Scenario(Task.SUSPEND, MemoryWriter.STREAM, true, true, true, false);
    private static final Scenario BESIDE_DISKS = SCENARIO.going(MemoryPlace.BESIDE_DISKS);
    private static final Scenario THROUGH_A_FILE = SCENARIO.going(MemoryPlace.THROUGH_A_FILE);

    private static Plan plan(Scenario scenario, Optional<String> named) {
        var stage = new Stage(scenario, Variation.NONE, 1);
        var engine = stage.engines().start(stage.calm());
        try {
            return engine.operations()
                    .planSuspend(new SuspendRequest(
                            "guest", Optional.empty(), named, Optional.empty(), Optional.empty(), false));
        } finally {
            engine.process().die();
        }
    }

    private static List<String> datastores(Plan plan) {
        return plan.all()
                .flatMap(step -> switch (step) {
                    case Step.CreateVolume create -> Optional.of(create.volume().datastore()).stream();
                    case Step.CreateStagingFile file -> Optional.of(file.datastore() + " first").stream();
                    default -> Optional.<String>empty().stream();
                })
                .toList();
    }

    @Test
    void itIsTheDatastoreOfItsDisksWhereTheConfigurationSaysSo() {
        assertThat(datastores(plan(BESIDE_DISKS.in(Kind.SHARED), Optional.empty())))
                .containsExactly("files");
    }

    @Test
    void thatCannotBeOneThatKeepsNoCheckpoints() {
        assertThatThrownBy(() -> plan(BESIDE_DISKS.in(Kind.UNTOLD_SHARED), Optional.empty()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.getMessage()).contains("no checkpoint can be put on files"));
    }

    @Test
    void itIsAFileBesideItsDisksFirstWhereTheConfigurationSaysSo() {
        assertThat(datastores(plan(THROUGH_A_FILE.in(Kind.APART), Optional.empty())))
                .containsExactly("store", "files first");
    }

    @ParameterizedTest
    @EnumSource(MemoryPlace.class)
    void itIsTheDefaultOneForAVmWhoseDisksAreElsewhere(MemoryPlace place) {
        assertThat(datastores(plan(SCENARIO.going(place), Optional.empty()))).containsExactly("store");
    }

    @ParameterizedTest
    @EnumSource(MemoryPlace.class)
    void whatTheUserNamesCountsMore(MemoryPlace place) {
        assertThat(datastores(plan(SCENARIO.in(Kind.UNTOLD_SHARED).going(place), Optional.of("store"))))
                .containsExactly("store");
    }

    /** Its time and room were counted for that one. */
    @ParameterizedTest
    @EnumSource(MemoryPlace.class)
    void aFleetPutsItOntoTheDatastoreOfItsPlan(MemoryPlace place) {
        var stage = new Stage(SCENARIO.in(Kind.APART).going(place), Variation.NONE, 1);
        var process = stage.engines().startProcess();
        var wiring = stage.engines().wiring(stage.calm(), process, stage.engines()::nextId, Heartbeat.none());
        var operations = new Operations(wiring);

        var report = new Fleets(wiring, operations, FleetLimits.USUAL, Crew.threads())
                .suspendAll(
                        SuspendAllRequest.everything(),
                        (_, operation) -> operation.apply(operations.options()),
                        Cancellation.never());
        process.die();

        assertThat(report.fates()).singleElement().satisfies(fate -> {
            assertThat(fate.end()).isEqualTo(Fate.End.DONE);
            assertThat(datastores(fate.result().orElseThrow().plan())).containsExactly("store");
        });
    }

    /** Suspended beside its disks, resumed on the other host, and once more. */
    @ParameterizedTest
    @CsvSource({"BESIDE_DISKS, SHARED", "THROUGH_A_FILE, APART", "THROUGH_A_FILE, UNTOLD_SHARED"})
    void aVmGoesThereAndComesBack(MemoryPlace place, Kind folders) {
        var outcome =
                new FaultMatrix(Variation.NONE, 1).calm(SCENARIO.going(place).in(folders));

        assertThat(outcome.violations()).isEmpty();
    }
}
