package io.berth.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.berth.tck.StorageDriverBehaviour;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the published suite within a test. */
public final class SuiteRun {
    private SuiteRun() {}

    /** How many of its tests fail. */
    public static long failures(Class<? extends StorageDriverBehaviour> suite) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(suite))
                .build();
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        var summary = listener.getSummary();
        assertThat(summary.getTestsStartedCount()).isGreaterThan(40);
        return summary.getTestsFailedCount();
    }
}
