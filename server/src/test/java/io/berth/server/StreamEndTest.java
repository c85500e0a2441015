package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.engine.EngineEvent;
import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads a stream of events can tell its end from a cut, as any client of HTTP does: by its last chunk. */
@Timeout(60)
class StreamEndTest {
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void aStreamThatCameToItsEndSaysSo() throws IOException {
        try (var daemon = DaemonFixture.in(folder)) {
            var task = begin(daemon);

            assertThat(follow(daemon, task).all()).contains("event: ended").endsWith(LAST_CHUNK);
        }
    }

    @Test
    void whoHasHeardEverythingIsAnsweredThatThereIsNoMore() throws IOException {
        try (var daemon = DaemonFixture.in(folder)) {
            var task = begin(daemon);
            var _ = follow(daemon, task).all();

            assertThat(follow(daemon, task, "Last-Event-ID: 1000000").all())
                    .contains("200 OK", "Content-Length: 0")
                    .doesNotContain("event: ");
        }
    }

    @Test
    void aStreamThatIsCutDoesNotLookAsIfItHadEnded() throws Exception {
        var over = new CountDownLatch(1);
        var daemon = DaemonFixture.in(folder, "finish-time: 0s\n  undo-time: 0s");
        daemon.engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
            await().until(() -> over.getCount() == 0);
            return Samples.report(name);
        };
        var task = begin(daemon);
        try (var follower = follow(daemon, task)) {
            follower.awaitText("event: operation-begins");

            daemon.end();

            assertThat(follower.all()).doesNotEndWith(LAST_CHUNK);
        } finally {
            over.countDown();
        }
    }

    /** Answers the task. */
    private static String begin(DaemonFixture daemon) throws IOException {
        return RawClient.exchange(daemon.socket(), "POST", "/v1/requests/suspend", "{\"vm\":\"web\"}")
                .replaceAll("(?s).*\"task\":\"([a-z0-9]+)\".*", "$1");
    }

    private static RawClient follow(DaemonFixture daemon, String task, String... headers) throws IOException {
        return RawClient.to(daemon.socket()).send(RawClient.head("GET", "/v1/tasks/" + task + "/events", headers));
    }
}
