package io.berth.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.simulator.world.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final DataSize GIBIBYTE = DataSize.ofMebibytes(1024);
    private static final DataSize ROOMY = DataSize.ofMebibytes(1 << 20);
    private static final DataSize GIGABYTE = new DataSize(1_000_000_000);
    private static final HostRef FIRST = new HostRef("h1");

    private FleetScene scene = scene(2, 10);

    private static FleetScene scene(int hosts, int guests) {
        return new FleetScene(7, hosts, guests, GIBIBYTE, ROOMY, GIGABYTE);
    }

    @AfterEach
    void thePromiseWasKept() {
        assertThat(scene.checker().violations()).isEmpty();
    }

    private FleetReport suspendAll(SuspendAllRequest request, Cancellation cancellation) {
        return scene.fleets().suspendAll(request, scene.carrier(cancellation), cancellation);
    }

    private FleetReport suspendAll() {
        return suspendAll(SuspendAllRequest.everything(), Cancellation.never());
    }

    /** @param pace what the storage takes, of memory as the hypervisor reports it: half of what there is */
    private static SuspendAllRequest within(Duration time, DataSize pace) {
        return new SuspendAllRequest(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(time), Optional.of(pace));
    }

    @Test
    void aHundredAreSuspendedAsFastAsTheStorageTakesThem() {
        scene = scene(5, 100);

        var report = suspendAll();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.fates()).hasSize(100);
        assertThat(scene.guests()).allMatch(scene::isSaved);
        assertThat(report.took().toMillis() / (107.374 * 1000)).isBetween(1.0, 1.1);
    }

    @Test
    void allComeBackWhereTheyWere() {
        suspendAll();

        var report = scene.fleets()
                .resumeAll(ResumeAllRequest.everything(), scene.carrier(Cancellation.never()), Cancellation.never());

        assertThat(report.isComplete()).isTrue();
        for (var number = 0; number < 10; number++) {
            assertThat(scene.whereabouts(scene.guests().get(number)))
                    .containsExactly(new HostRef(number % 2 == 0 ? "h1" : "h2"));
        }
    }

    @Test
    void thoseThatWereStoppedStaySo() {
        var stopped = scene.guests().getFirst();
        scene.operations()
                .stop(SuspendRequest.of(stopped.vm().name()), scene.operations().options());
        suspendAll();

        var plan = scene.fleets().planResumeAll(ResumeAllRequest.everything());

        assertThat(plan.moves()).hasSize(9).noneMatch(move -> move.vm().equals(stopped.vm()));
    }

    @Test
    void onlyThatHostsVmsAreSuspendedWhenOneIsNamed() {
        var request = new SuspendAllRequest(
                Optional.of(FIRST), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        var report = suspendAll(request, Cancellation.never());

        assertThat(report.isComplete()).isTrue();
        assertThat(report.fates())
                .hasSize(5)
                .allMatch(fate -> fate.move().host().equals(FIRST));
        assertThat(scene.guests()).filteredOn(scene::isSaved).hasSize(5);
    }

    @Test
    void whatWontMakeItIsToldFirstAndNotBegun() {
        scene = scene(4, 40);
        var request = within(Duration.ofSeconds(20), new DataSize(500_000_000));
        var plan = scene.fleets().planSuspendAll(request);

        var report = suspendAll(request, Cancellation.never());

        assertThat(plan.moves()).hasSize(14);
        assertThat(plan.left()).hasSize(26).allMatch(left -> left.why().is("suspend.too-late"));
        assertThat(report.fates())
                .allMatch(fate -> fate.end() == Fate.End.DONE)
                .extracting(fate -> fate.move().vm())
                .containsAll(plan.moves().stream().map(move -> move.vm()).toList());
        assertThat(report.fates().size() + report.left().size()).isEqualTo(40);
        assertThat(report.left())
                .allMatch(left -> left.why().is("suspend.too-late"))
                .isNotEmpty();
        assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
        assertThat(scene.guests()).filteredOn(guest -> !scene.isSaved(guest)).allMatch(this::isRunningSomewhere);
    }

    @Test
    void timeThatIsLeftIsUsedForWhatSeemedTooMuch() {
        var request = within(Duration.ofSeconds(60), new DataSize(12_000_000));
        assertThat(scene.fleets().planSuspendAll(request).moves()).hasSize(1);

        var report = suspendAll(request, Cancellation.never());

        assertThat(report.fates()).hasSizeGreaterThan(1).allMatch(fate -> fate.end() == Fate.End.DONE);
    }

    @Test
    void paceIsMeasuredByWhatWasSavedLately() {
        assertThat(scene.fleets().planSuspendAll(SuspendAllRequest.everything()).pace())
                .hasValueSatisfying(pace -> assertThat(pace.source()).hasToString("ASSUMED"));
        suspendAll();

        assertThat(scene.fleets().planSuspendAll(SuspendAllRequest.everything()).pace())
                .hasValueSatisfying(pace -> {
                    assertThat(pace.source()).hasToString("MEASURED");
                    assertThat(pace.perSecond().bytes()).isBetween(850_000_000L, 1_000_000_000L);
                });
    }

    @Test
    void aHostThatDiesInTheMiddleCostsNoOtherItsVms() {
        scene.in(
                Duration.ofSeconds(3),
                () -> scene.world().cutPower(scene.world().host(FIRST)));

        var report = suspendAll();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.fates())
                .filteredOn(fate -> !fate.move().host().equals(FIRST))
                .hasSize(5)
                .allMatch(fate -> fate.end() == Fate.End.DONE);
        assertThat(report.silent())
                .anyMatch(failure -> failure.host().filter(FIRST::equals).isPresent());
    }

    @Test
    void onceCancelledThoseThatWaitAreNeverBegunAndTheOthersAreWhole() {
        var cancellation = Cancellation.never();
        scene.in(Duration.ofMillis(2500), cancellation::request);

        var report = suspendAll(SuspendAllRequest.everything(), cancellation);

        assertThat(report.fates()).anyMatch(fate -> fate.end() == Fate.End.NOT_BEGUN);
        assertThat(report.fates()).anyMatch(fate -> fate.end() == Fate.End.DONE);
        assertThat(scene.guests()).allMatch(guest -> scene.isSaved(guest) != isRunningSomewhere(guest));
    }

    @Test
    void twoAtOnceHelpEachOther() {
        var reports = new ArrayList<FleetReport>();
        Runnable one = () -> reports.add(suspendAll());

        scene.atOnce(List.of(one, one));

        assertThat(reports).hasSize(2).allMatch(FleetReport::isComplete);
        assertThat(reports.stream()
                        .flatMap(report -> report.fates().stream())
                        .filter(fate -> fate.end() == Fate.End.DONE))
                .hasSize(10);
        assertThat(scene.guests()).allMatch(scene::isSaved);
    }

    @Test
    void aVmThatIsTakenCareOfElsewhereMeanwhileIsToldAndNoFailure() {
        scene = scene(2, 40);
        var last = scene.fleets()
                .planSuspendAll(SuspendAllRequest.everything())
                .moves()
                .getLast()
                .vm();
        var reports = new ArrayList<FleetReport>();

        scene.atOnce(List.of(
                () -> reports.add(suspendAll()),
                () -> scene.operations()
                        .stop(SuspendRequest.of(last.name()), scene.operations().options())));

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.isComplete()).isTrue();
            assertThat(report.fates())
                    .filteredOn(fate -> fate.end() == Fate.End.GONE)
                    .singleElement()
                    .satisfies(fate -> assertThat(fate.move().vm()).isEqualTo(last));
        });
    }

    @Test
    void aVmThatComesMeanwhileIsTakenToo() {
        var comes = new ArrayList<Guest>();
        scene.in(Duration.ofSeconds(2), () -> {
            var guest = scene.world().addGuest("late", GIBIBYTE.plus(GIBIBYTE), GIBIBYTE.bytes());
            scene.world().boot(guest, scene.world().host(FIRST), true);
            comes.add(guest);
        });

        var report = suspendAll();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.fates()).hasSize(11);
        assertThat(comes).hasSize(1).allMatch(scene::isSaved);
    }

    @Test
    void memoryThatOneIsPromisedAnotherDoesNotGet() {
        scene = new FleetScene(7, 2, 10, GIBIBYTE, DataSize.ofMebibytes(10 * 1024), GIGABYTE);
        suspendAll();
        var intruder = scene.world().addGuest("intruder", GIBIBYTE, 1);
        scene.world().boot(intruder, scene.world().host(FIRST), true);
        scene.checker().takeBaseline();

        var plan = scene.fleets().planResumeAll(ResumeAllRequest.everything());

        assertThat(plan.moves()).hasSize(9);
        assertThat(plan.left())
                .singleElement()
                .satisfies(left -> assertThat(left.why().code()).isEqualTo("host.no-memory"));
    }

    private boolean isRunningSomewhere(Guest guest) {
        return !scene.whereabouts(guest).isEmpty();
    }
}
