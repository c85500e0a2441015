package io.berth.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.fleet.SuspendAllSurvey.Candidate;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.storage.Capacity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SuspendAllPlannerTest {
    private static final HostRef HOST = new HostRef("h1");
    private static final Pace HUNDRED = new Pace(DataSize.ofMebibytes(100), Pace.Source.TOLD);
    private static final DataSize PLENTY = DataSize.ofMebibytes(1 << 20);

    private static Candidate guest(String name, int mebibytes, Optional<Failure> obstacle) {
        var vm = new VmRef(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name);
        return new Candidate(
                new GuestView(vm, HOST, GuestState.RUNNING, "", true),
                new MemoryEstimate(DataSize.ofMebibytes(mebibytes), DataSize.ofMebibytes(2L * mebibytes)),
                obstacle);
    }

    private static Candidate guest(String name, int mebibytes) {
        return guest(name, mebibytes, Optional.empty());
    }

    private static FleetPlan plan(Optional<Duration> within, DataSize free, boolean thin, Candidate... guests) {
        return SuspendAllPlanner.plan(new SuspendAllSurvey(
                List.of(guests), List.of(), "fast", thin, new Capacity(PLENTY, free), HUNDRED, within));
    }

    private static List<String> names(FleetPlan plan) {
        return plan.moves().stream().map(move -> move.vm().name()).toList();
    }

    private static List<String> reasons(FleetPlan plan) {
        return plan.left().stream()
                .map(left -> left.vm().name() + " " + left.why().code())
                .toList();
    }

    @Test
    void theLargestGoFirstAndEachIsToldWhenItIsDone() {
        var plan = plan(Optional.empty(), PLENTY, true, guest("small", 100), guest("large", 400), guest("mid", 200));

        assertThat(names(plan)).containsExactly("large", "mid", "small");
        assertThat(plan.moves())
                .extracting(move -> move.doneAfter().orElseThrow())
                .containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(6), Duration.ofSeconds(7));
        assertThat(plan.takes()).contains(Duration.ofSeconds(7));
        assertThat(plan.left()).isEmpty();
    }

    @Test
    void littleTimeIsGivenToThoseThatTogetherMakeTheBestOfIt() {
        var plan = plan(
                Optional.of(Duration.ofSeconds(12)),
                PLENTY,
                true,
                guest("a", 500),
                guest("b", 480),
                guest("c", 399),
                guest("huge", 2000));

        assertThat(names(plan)).containsExactly("b", "c");
        assertThat(reasons(plan)).containsExactly("huge suspend.too-late", "a suspend.too-late");
        assertThat(plan.takes().orElseThrow()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aTimeThatIsOverIsEnoughForNobody() {
        var plan = plan(Optional.of(Duration.ofSeconds(-3)), PLENTY, true, guest("a", 1));

        assertThat(plan.moves()).isEmpty();
        assertThat(reasons(plan)).containsExactly("a suspend.too-late");
    }

    @Test
    void whatCannotBeSavedTakesNoTimeFromOthers() {
        var obstacle = Failure.of(FailureKind.CALLER, "vm.host-device", "a device")
                .next("detach it")
                .build();

        var plan = plan(
                Optional.of(Duration.ofSeconds(10)),
                PLENTY,
                true,
                guest("blocked", 900, Optional.of(obstacle)),
                guest("a", 600));

        assertThat(names(plan)).containsExactly("a");
        assertThat(reasons(plan)).containsExactly("blocked vm.host-device");
    }

    @Test
    void roomIsGivenAwayOnce() {
        var thin = plan(Optional.empty(), DataSize.ofMebibytes(1000), true, guest("a", 400), guest("b", 350));
        var thick = plan(Optional.empty(), DataSize.ofMebibytes(1000), false, guest("a", 400), guest("b", 350));

        assertThat(names(thin)).containsExactly("a");
        assertThat(reasons(thin)).containsExactly("b storage.no-room");
        assertThat(names(thick)).containsExactly("a", "b");
    }
}
