package io.berth.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Way;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvacuationTest {
    private static final DataSize GIBIBYTE = DataSize.ofMebibytes(1024);
    private static final DataSize ROOMY = DataSize.ofMebibytes(1 << 20);
    private static final DataSize GIGABYTE = new DataSize(1_000_000_000);
    private static final HostRef FIRST = new HostRef("h1");
    private static final HostRef SECOND = new HostRef("h2");
    private static final HostRef THIRD = new HostRef("h3");

    private FleetScene scene = FleetScene.crowded(7, 3, 10, GIBIBYTE, ROOMY, GIGABYTE);

    @AfterEach
    void thePromiseWasKept() {
        assertThat(scene.checker().violations()).isEmpty();
    }

    private static EvacuateRequest request(MigrationMode mode, HostRef... targets) {
        return new EvacuateRequest(FIRST, Set.of(targets), mode, Optional.empty(), Optional.empty());
    }

    private FleetReport evacuate(EvacuateRequest request, Cancellation cancellation) {
        return scene.fleets().evacuate(request, scene.carrier(cancellation), cancellation);
    }

    private FleetReport evacuate(MigrationMode mode) {
        return evacuate(request(mode), Cancellation.never());
    }

    private List<Guest> at(HostRef host) {
        return scene.guests().stream()
                .filter(guest -> scene.whereabouts(guest).equals(List.of(host)))
                .toList();
    }

    @Test
    void aHundredGoThroughStorageAboutAsFastAsItTakesThem() {
        var report = EvacuationReport.of(EvacuationReport.SEED);

        assertThat(report.moved()).isEqualTo(100);
        assertThat(report.violations()).isZero();
        assertThat(report.ratio()).isBetween(1.0, 1.1);
    }

    @Test
    void theyGoLiveWhereTheyCanAndAreSpreadByMemory() {
        var report = evacuate(MigrationMode.BEST);

        assertThat(report.isComplete()).isTrue();
        assertThat(report.fates()).hasSize(10).allMatch(fate -> fate.move().way() == Way.MIGRATE_LIVE);
        assertThat(at(FIRST)).isEmpty();
        assertThat(at(SECOND)).hasSize(5);
        assertThat(at(THIRD)).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"APART", "UNTOLD_APART", "UNTOLD_SHARED"})
    void oneWhoseDiskIsOnItsHostTakesItAlongLive(Kind kind) {
        scene.world().addFolders("files", kind);
        var homely = scene.world().addGuest("homely", GIBIBYTE, 1 << 20);
        scene.world().putIntoDirectory(homely, scene.world().host(FIRST), new VmDirectory("files", "homely"));
        scene.world().boot(homely, scene.world().host(FIRST), true);
        scene.checker().takeBaseline();

        var report = evacuate(MigrationMode.BEST);

        assertThat(report.isComplete()).isTrue();
        assertThat(report.fates()).hasSize(11).allMatch(fate -> fate.move().way() == Way.MIGRATE_LIVE);
        assertThat(scene.whereabouts(homely)).hasSize(1).doesNotContain(FIRST);
    }

    @Test
    void theyGoOnlyWhereTheyMay() {
        var report = evacuate(request(MigrationMode.COLD, THIRD), Cancellation.never());

        assertThat(report.isComplete()).isTrue();
        assertThat(at(THIRD)).hasSize(10);
    }

    @Test
    void memoryThatOneIsPromisedAnotherDoesNotGet() {
        scene = FleetScene.crowded(7, 2, 10, GIBIBYTE, DataSize.ofMebibytes(20 * 1024), GIGABYTE);
        var big = scene.world().addGuest("big", DataSize.ofMebibytes(17 * 1024), 1 << 20);
        scene.world().boot(big, scene.world().host(SECOND), true);
        scene.checker().takeBaseline();

        var plan = scene.fleets().planEvacuate(request(MigrationMode.BEST));
        var report = evacuate(MigrationMode.BEST);

        assertThat(plan.moves()).hasSize(1);
        assertThat(plan.left()).hasSize(9).allMatch(left -> left.why().is("evacuate.nowhere"));
        assertThat(report.fates()).hasSize(1);
        assertThat(report.left()).hasSize(9);
        assertThat(at(FIRST)).hasSize(9);
    }

    @Test
    void whatATargetRefusesIsTriedElsewhere() {
        scene.world().host(SECOND).refuseRestores();

        var report = evacuate(MigrationMode.COLD);

        assertThat(report.isComplete()).isTrue();
        assertThat(at(THIRD)).hasSize(10);
    }

    @Test
    void aTargetThatDiesInTheMiddleCostsNoneOfThoseThatWait() {
        scene.in(
                Duration.ofSeconds(4),
                () -> scene.world().cutPower(scene.world().host(SECOND)));

        var report = evacuate(MigrationMode.COLD);

        assertThat(report.fates())
                .filteredOn(fate -> fate.end() == Fate.End.DONE
                        && fate.move().target().filter(THIRD::equals).isPresent())
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(report.fates()).hasSize(10);
    }

    @Test
    void ofADeadSourceItIsToldThatNobodyAnswers() {
        scene.in(
                Duration.ofSeconds(4),
                () -> scene.world().cutPower(scene.world().host(FIRST)));

        var report = evacuate(MigrationMode.COLD);

        assertThat(report.isComplete()).isFalse();
        assertThat(report.silent())
                .anyMatch(failure -> failure.host().filter(FIRST::equals).isPresent());
    }

    @Test
    void begunTwiceTheTwoShareTheWork() {
        var reports = new ArrayList<FleetReport>();
        Runnable one = () -> reports.add(evacuate(MigrationMode.COLD));

        scene.atOnce(List.of(one, one));

        assertThat(reports).hasSize(2).allMatch(FleetReport::isComplete);
        assertThat(reports.stream()
                        .flatMap(report -> report.fates().stream())
                        .filter(fate -> fate.end() == Fate.End.DONE))
                .hasSize(10);
        assertThat(at(FIRST)).isEmpty();
    }

    @Test
    void onceCancelledThoseThatWaitStayAndTheOthersAreWhole() {
        var cancellation = Cancellation.never();
        scene.in(Duration.ofSeconds(4), cancellation::request);

        var report = evacuate(request(MigrationMode.COLD), cancellation);

        assertThat(report.fates()).anyMatch(fate -> fate.end() == Fate.End.NOT_BEGUN);
        assertThat(scene.guests()).allMatch(guest -> scene.whereabouts(guest).size() == 1);
    }

    @Test
    void aVmThatIsMovedByHandMeanwhileIsToldAndNoFailure() {
        var last = scene.fleets()
                .planEvacuate(request(MigrationMode.COLD))
                .moves()
                .getLast()
                .vm();
        var reports = new ArrayList<FleetReport>();

        scene.atOnce(List.of(
                () -> reports.add(evacuate(MigrationMode.COLD)),
                () -> scene.operations()
                        .migrate(
                                MigrateRequest.of(last.name(), THIRD, MigrationMode.COLD),
                                scene.operations().options())));

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.isComplete()).isTrue();
            assertThat(report.fates())
                    .filteredOn(fate -> fate.move().vm().equals(last))
                    .singleElement()
                    .satisfies(fate -> assertThat(fate.end()).isEqualTo(Fate.End.GONE));
        });
    }
}
