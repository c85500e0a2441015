package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.driver.Failure;
import io.berth.server.system.NotifyReceiver;
import io.berth.server.system.ServiceManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears of a daemon. */
@Timeout(60)
class ServedServiceTest {
    private static final String QUICK = "100000";

    @TempDir
    Path folder;

    private final String address = "@berth-test-" + UUID.randomUUID();
    private final NotifyReceiver receiver = NotifyReceiver.at(address);

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void itIsReadyWhenItAnswersAndStoppingBeforeItEnds() throws IOException {
        try (var daemon = DaemonFixture.under(manager(Map.of()), folder)) {
            assertThat(receiver.heard()).containsExactly("READY=1");
            assertThat(daemon.client().machines().list().items()).isEmpty();
        }

        assertThat(receiver.heard()).hasSize(2);
        assertThat(receiver.heard().getLast()).startsWith("STOPPING=1");
    }

    @Test
    void oneThatCannotStartIsNeverReady() throws IOException {
        try (var _ = DaemonFixture.in(folder)) {
            assertThatThrownBy(() -> DaemonFixture.under(manager(Map.of()), folder))
                    .isInstanceOf(Failure.class);
        }

        assertThat(receiver.heard()).isEmpty();
    }

    @Test
    void aDaemonThatAnswersSaysSoAgainAndAgain() throws IOException {
        try (var _ = DaemonFixture.under(manager(Map.of("WATCHDOG_USEC", QUICK)), folder)) {
            await().until(() ->
                    receiver.heard().stream().filter("WATCHDOG=1"::equals).count() >= 3);
        }
    }

    @Test
    void oneThatDoesNotAnswerSaysNothing() {
        var asked = new AtomicInteger();
        BooleanSupplier silent = () -> asked.incrementAndGet() < 0;

        try (var _ = Watchdog.over(silent, manager(Map.of("WATCHDOG_USEC", QUICK)))) {
            await().until(() -> asked.get() >= 3);
        }

        assertThat(receiver.heard()).isEmpty();
    }

    private ServiceManager manager(Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("NOTIFY_SOCKET", address);
        return ServiceManager.of(environment, ProcessHandle.current().pid());
    }
}
