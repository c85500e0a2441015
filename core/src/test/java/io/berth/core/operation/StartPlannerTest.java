package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.StartSurvey.Candidate;
import io.berth.core.plan.Plan;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HostMemory;
import io.berth.driver.storage.CheckpointState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartPlannerTest {
    private static Failure weak() {
        return Failure.of(FailureKind.ENVIRONMENT, "host.weaker-cpu", "the CPU lacks something")
                .next("choose another")
                .build();
    }

    private static Candidate candidate(String host, long freeMebibytes, Failure... obstacles) {
        return new Candidate(there(host, List.of(), obstacles), Optional.of(memory(freeMebibytes)));
    }

    private static HostMemory memory(long freeMebibytes) {
        return new HostMemory(DataSize.ofMebibytes(freeMebibytes), DataSize.ofMebibytes(4096));
    }

    private static ResumeSurvey there(String host, List<GuestView> views, Failure... obstacles) {
        var record = Facts.record(true);
        return new ResumeSurvey(
                Facts.TOKEN,
                Facts.entry(CheckpointState.COMPLETE, record),
                record,
                new HostRef(host),
                views,
                Set.of(),
                Set.of(),
                List.of(obstacles),
                List.of(),
                "<domain/>",
                "/var/lib/berth/vms");
    }

    private static Plan plan(Candidate... candidates) {
        return StartPlanner.plan(new StartSurvey(List.of(candidates), Set.of()));
    }

    private static String target(Plan plan) {
        return plan.hosts().getFirst().name();
    }

    @Test
    void theHostWithTheMostFreeMemoryIsTaken() {
        var plan = plan(candidate("h1", 200), candidate("h2", 900), candidate("h3", 500));

        assertThat(plan.kind()).isEqualTo("start");
        assertThat(target(plan)).isEqualTo("h2");
    }

    @Test
    void amongEqualsTheFirstByNameIsTaken() {
        assertThat(target(plan(candidate("h2", 900), candidate("h1", 900)))).isEqualTo("h1");
    }

    @Test
    void aHostThatLacksSomethingIsPassedOver() {
        assertThat(target(plan(candidate("h1", 200), candidate("h2", 900, weak()))))
                .isEqualTo("h1");
    }

    @Test
    void aHostWithoutRoomForTheGuestIsPassedOver() {
        assertRefused(new StartSurvey(List.of(candidate("h1", 95)), Set.of()), "host.no-memory");
        assertThat(target(plan(candidate("h1", 96)))).isEqualTo("h1");
    }

    @Test
    void onAHostThatTheUserNamesNobodyCountsMemory() {
        assertThat(target(plan(new Candidate(there("h1", List.of()), Optional.empty()))))
                .isEqualTo("h1");
    }

    @Test
    void whenNoHostCanEachTellsWhy() {
        var facts =
                new StartSurvey(List.of(candidate("h1", 20), candidate("h2", 900, weak())), Set.of(new HostRef("h3")));

        assertThatThrownBy(() -> StartPlanner.plan(facts)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("start.no-host");
            assertThat(failure.getMessage()).contains("h1: ", "no room", "h2: ", "lacks something", "silent: [h3]");
        });
    }

    @Test
    void whenNoHostAnswersItIsRefused() {
        assertRefused(new StartSurvey(List.of(), Set.of(new HostRef("h1"))), "start.no-host");
    }

    @Test
    void aGuestThatIsAliveAnywhereIsToldBeforeWhatHostsLack() {
        var alive = new GuestView(Facts.VM, Facts.SOURCE, GuestState.RUNNING, "", true);
        var candidate = new Candidate(there("h2", List.of(alive), weak()), Optional.of(memory(900)));

        assertRefused(new StartSurvey(List.of(candidate), Set.of()), "vm.exists");
    }

    private static void assertRefused(StartSurvey facts, String code) {
        assertThatThrownBy(() -> StartPlanner.plan(facts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
