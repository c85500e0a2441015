package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.berth.driver.hypervisor.HypervisorDriver;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Whether the suite lets a sound driver pass and notices each fault in another. */
class HypervisorSuiteCatchesTest {
    private static final ScopedValue<Function<FakeGuests, HypervisorDriver>> HYPERVISOR = ScopedValue.newInstance();

    /** Not found by its name, so that it runs only from here. */
    static class SuiteOverFakes extends HypervisorDriverBehaviour {
        @Override
        protected HypervisorWorld openWorld() {
            return new FakeHypervisorWorld(HYPERVISOR.get());
        }
    }

    @Test
    void aSoundDriverPasses() {
        var summary = run(FakeHypervisor::new);

        assertThat(summary.getFailures())
                .as("failures")
                .extracting(failure -> failure.getTestIdentifier().getDisplayName() + failure.getException())
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(35);
    }

    @TestFactory
    Stream<DynamicTest> theSuiteCatchesEachFault() {
        return FaultyHypervisors.all().entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.getKey(),
                        () -> assertThat(run(fault.getValue()).getTestsFailedCount())
                                .as("tests that failed")
                                .isPositive()));
    }

    private static TestExecutionSummary run(Function<FakeGuests, HypervisorDriver> hypervisor) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(SuiteOverFakes.class))
                .build();
        var listener = new SummaryGeneratingListener();
        ScopedValue.where(HYPERVISOR, hypervisor)
                .run(() -> LauncherFactory.create().execute(request, listener));
        return listener.getSummary();
    }
}
