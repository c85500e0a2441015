package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HostChannelTest {
    private static final HostRef HOST = new HostRef("h1");
    private static final HostCommand COMMAND = HostCommand.reading("true");

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void hostThatTimedOutIsNotTriedAgainAtOnce() {
        try (var channel = new HostChannel(HOST, host -> failAfter(Duration.ofMillis(1100)))) {
            assertUnreachable(channel);
            assertUnreachable(channel);
            assertThat(tries).hasValue(1);
        }
    }

    @Test
    void hostThatRefusedQuicklyIsTriedAgain() {
        try (var channel = new HostChannel(HOST, host -> failAfter(Duration.ZERO))) {
            assertUnreachable(channel);
            assertUnreachable(channel);
            assertThat(tries).hasValue(2);
        }
    }

    private static void assertUnreachable(HostChannel channel) {
        assertThatThrownBy(() -> channel.run(COMMAND))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("host.unreachable"));
    }

    private HelperSession failAfter(Duration time) {
        tries.incrementAndGet();
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        throw HostFailures.unreachable(HOST, "as the test wants it");
    }
}
