package io.berth.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointPurpose;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopPlannerTest {
    private static StopSurvey facts(SuspendSurvey saving) {
        return new StopSurvey(saving, Set.of(Facts.TARGET));
    }

    @Test
    void aStopIsASuspendWhoseRecordSaysWhatItWasFor() {
        var stop = StopPlanner.plan(facts(Facts.suspend()));

        assertThat(stop.kind()).isEqualTo("stop");
        assertThat(stop.steps())
                .extracting(Step::name)
                .isEqualTo(SuspendPlanner.plan(Facts.suspend()).steps().stream()
                        .map(Step::name)
                        .toList());
        assertThat(stop.steps())
                .filteredOn(Step.CreateVolume.class::isInstance)
                .singleElement()
                .satisfies(
                        step -> assertThat(((Step.CreateVolume) step).record().purpose())
                                .isEqualTo(CheckpointPurpose.STOP));
    }

    @Test
    void whatOnlyItsOwnHostCouldReachIsRefused() {
        assertRefused(new StopSurvey(Facts.suspend(), Set.of()), "stop.bound-to-host");
    }

    @Test
    void whatASuspendRefusesAStopDoesToo() {
        var twin = new GuestView(Facts.VM, Facts.TARGET, GuestState.RUNNING, "", true);
        var doubled = Facts.suspend(
                GuestState.RUNNING,
                List.of(twin),
                List.of(),
                OperationSettings.SAFE,
                true,
                Facts.suspend().room().free());

        assertRefused(facts(doubled), "vm.doubled");
    }

    private static void assertRefused(StopSurvey facts, String code) {
        assertThatThrownBy(() -> StopPlanner.plan(facts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
