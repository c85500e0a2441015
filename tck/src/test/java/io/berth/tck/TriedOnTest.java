package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.berth.driver.hypervisor.HypervisorDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a marked suite tells of its driver when it has run. */
class TriedOnTest {
    private static final String FOLDER = "berth.tck.report";
    private static final ScopedValue<Function<FakeGuests, HypervisorDriver>> HYPERVISOR = ScopedValue.newInstance();

    @TempDir
    private Path folder;

    private Optional<String> before = Optional.empty();

    /** Not found by its name, so that it runs only from here. */
    @TriedOn("fakes")
    static class MarkedSuite extends HypervisorDriverBehaviour {
        @Override
        protected HypervisorWorld openWorld() {
            return new FakeHypervisorWorld(HYPERVISOR.get());
        }
    }

    @BeforeEach
    void reportsGoHere() {
        before = Optional.ofNullable(System.setProperty(FOLDER, folder.toString()));
    }

    @AfterEach
    void reportsGoWhereTheyWent() {
        before.ifPresentOrElse(usual -> System.setProperty(FOLDER, usual), () -> System.clearProperty(FOLDER));
    }

    @Test
    void ofASoundDriverItIsToldWhatItCanWhatItRefusesAndThatItPassed() throws IOException {
        run(FakeHypervisor::new);

        assertThat(line())
                .isEqualTo("| `fake` | fakes | save: snapshot, save: live-stream, save: fast, restore paused,"
                        + " migrate live | save: stream | passed |\n");
    }

    @Test
    void ofADriverWithAFaultItIsToldThatItFailed() throws IOException {
        run(FaultyHypervisors.all().values().iterator().next());

        assertThat(line()).startsWith("| `fake` | fakes |").containsPattern("\\| [1-9][0-9]* tests failed \\|");
    }

    private String line() throws IOException {
        return Files.readString(folder.resolve("hypervisor").resolve(MarkedSuite.class.getName() + ".md"));
    }

    private static void run(Function<FakeGuests, HypervisorDriver> hypervisor) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(MarkedSuite.class))
                .build();
        ScopedValue.where(HYPERVISOR, hypervisor)
                .run(() -> LauncherFactory.create().execute(request));
    }
}
