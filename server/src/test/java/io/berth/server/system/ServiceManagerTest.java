package io.berth.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceManagerTest {
    private static final long PID = 4711;

    @TempDir
    Path folder;

    @Test
    void whatItIsToldArrivesAtASocketWithAPath() {
        var address = folder.resolve("notify").toString();

        assertHears(address);
    }

    @Test
    void whatItIsToldArrivesAtASocketWithANameThatNoFileHas() {
        assertHears("@berth-test-" + UUID.randomUUID());
    }

    private static void assertHears(String address) {
        try (var receiver = NotifyReceiver.at(address)) {
            var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), PID);

            manager.ready();
            manager.alive();
            manager.stopping(Duration.ofSeconds(70));

            assertThat(receiver.heard())
                    .containsExactly("READY=1", "WATCHDOG=1", "STOPPING=1\nEXTEND_TIMEOUT_USEC=70000000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "/", "vsock:2:1234", "relative", "/nobody/listens/here", "@nobody-has-this-name"})
    void whereNobodyListensNothingIsHarmed(String address) {
        var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), PID);

        assertThatCode(manager::ready).doesNotThrowAnyException();
    }

    @Test
    void anAddressThatNoSocketCanHaveIsNotTried() {
        assertThat(NotifySocket.at("/" + "x".repeat(107))).isEmpty();
        assertThat(NotifySocket.at("/" + "x".repeat(106))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"30000000,4711,PT30S", "1500000,'',PT1.5S"})
    void itSaysHowOftenItWantsToHear(String micros, String pid, Duration every) {
        assertThat(manager(micros, pid).watchdog()).contains(every);
    }

    @ParameterizedTest
    @CsvSource({"30000000,1", "0,4711", "-5,4711", "soon,4711", "99999999999999999999,4711", "30000000,x"})
    void aWatchdogOfAnotherProcessOrOfNoTimeIsNone(String micros, String pid) {
        assertThat(manager(micros, pid).watchdog()).isEmpty();
    }

    private static ServiceManager manager(String micros, String pid) {
        return ServiceManager.of(
                pid.isEmpty()
                        ? Map.of("NOTIFY_SOCKET", "@here", "WATCHDOG_USEC", micros)
                        : Map.of("NOTIFY_SOCKET", "@here", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid),
                PID);
    }
}
