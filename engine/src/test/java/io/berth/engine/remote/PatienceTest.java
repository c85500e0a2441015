package io.berth.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Watch;
import io.berth.engine.remote.http.Exchange;
import io.berth.engine.remote.http.UnreachedException;
import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PatienceTest {
    private static final String WELL = "GET /v1/daemon";
    private static final String LIST = "GET /v1/hosts";
    private static final String SUSPEND = "POST /v1/requests/suspend";
    private static final String EVENTS = "GET /v1/tasks/t1/events";
    private static final String LAST = "id: 2\nevent: refused\ndata: {\"failure\":{\"kind\":\"caller\","
            + "\"code\":\"vm.unknown\",\"what\":\"w\",\"why\":\"\",\"next\":\"n\"}}\n\n";
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void aDaemonThatTakesNoConnectionIsNotWaitedForForEver() throws IOException {
        var waiting = new ArrayList<SocketChannel>();
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket()), 1);

            assertThatThrownBy(() -> {
                        while (waiting.size() < 100) { // the kernel takes a few, in the daemon's stead
                            waiting.add(Exchange.connect(socket(), SHORT));
                        }
                    })
                    .isInstanceOf(UnreachedException.class)
                    .hasMessageContaining("nothing came for 50 ms");
            assertThatThrownBy(() -> engine(SHORT, SHORT, LONG).hosts().add(Samples.HOST, "h1"))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo("daemon.gone");
                        assertThat(failure.kind())
                                .as("it can't have done anything")
                                .isEqualTo(FailureKind.ENVIRONMENT);
                    });
        } finally {
            for (var channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void aDaemonThatIsDeafIsGivenUp() throws IOException {
        try (var daemon = FakeDaemon.at(socket())) {
            var failure = catchThrowableOfType(
                    Failure.class, () -> engine(SHORT, SHORT, LONG).hosts().list());

            assertThat(failure.code()).isEqualTo("daemon.silent");
            assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(daemon.asked).containsExactly(LIST, WELL);
        }
    }

    @Test
    void nobodyKnowsWhatADeafDaemonDid() throws IOException {
        try (var _ = FakeDaemon.at(socket())) {
            var failure = catchThrowableOfType(
                    Failure.class, () -> engine(SHORT, SHORT, LONG).hosts().add(Samples.HOST, "h1"));

            assertThat(failure.code()).isEqualTo("daemon.silent");
            assertThat(failure.isUnknownOutcome()).isTrue();
        }
    }

    @Test
    void aDaemonThatIsWellMayTakeItsTime() throws Exception {
        var asked = new CountDownLatch(3);
        try (var daemon = FakeDaemon.at(socket())) {
            daemon.answer(WELL, out -> {
                FakeDaemon.json("{}").send(out);
                asked.countDown();
            });
            daemon.answer(LIST, out -> {
                asked.await();
                FakeDaemon.json("[]").send(out);
            });

            assertThat(engine(LONG, SHORT, LONG).hosts().list()).isEmpty();
        }
    }

    @Test
    void aStreamOfEventsThatFellSilentIsOpenedAnewWhereItEnded() throws IOException {
        try (var daemon = FakeDaemon.at(socket())) {
            daemon.answer(SUSPEND, FakeDaemon.json("{\"task\":\"t1\"}"));
            daemon.answer(WELL, FakeDaemon.json("{}"));
            daemon.answer(EVENTS, out -> {
                var isFirst = daemon.times(EVENTS + " after 1") == 0;
                FakeDaemon.events(isFirst ? "id: 1\nevent: missed\ndata: {}\n\n" : LAST)
                        .send(out);
            });

            assertThatThrownBy(() -> engine(LONG, LONG, SHORT.multipliedBy(10))
                            .machines()
                            .suspend(SuspendRequest.of("web"), Watch.none()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("vm.unknown"));
            assertThat(daemon.times(EVENTS + " after 1")).isPositive();
        }
    }

    @Test
    void beatsKeepAStreamOpen() throws IOException {
        var silence = Duration.ofSeconds(3);
        try (var daemon = FakeDaemon.at(socket())) {
            daemon.answer(SUSPEND, FakeDaemon.json("{\"task\":\"t1\"}"));
            daemon.answer(EVENTS, out -> {
                FakeDaemon.events().send(out);
                for (var begin = System.nanoTime(); System.nanoTime() - begin < silence.toNanos() + 1; ) {
                    out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(SHORT);
                }
                out.write(LAST.getBytes(StandardCharsets.UTF_8));
            });

            assertThatThrownBy(() ->
                            engine(LONG, LONG, silence).machines().suspend(SuspendRequest.of("web"), Watch.none()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("vm.unknown"));
            assertThat(daemon.times(EVENTS)).isEqualTo(1);
        }
    }

    @Test
    void aDaemonThatGoesDeafWhileItWorksIsLost() throws IOException {
        try (var daemon = FakeDaemon.at(socket())) {
            daemon.answer(SUSPEND, FakeDaemon.json("{\"task\":\"t1\"}"));
            daemon.answer(EVENTS, FakeDaemon.events());

            assertThatThrownBy(
                            () -> engine(SHORT, LONG, SHORT).machines().suspend(SuspendRequest.of("web"), Watch.none()))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo("daemon.lost");
                        assertThat(failure.isUnknownOutcome()).isTrue();
                    });
        }
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private RemoteEngine engine(Duration connect, Duration answer, Duration news) {
        return new RemoteEngine(socket(), new Patience(connect, answer, news));
    }
}
