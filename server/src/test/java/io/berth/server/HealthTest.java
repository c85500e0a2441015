package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.EngineEvent;
import io.berth.engine.HostView;
import io.berth.engine.Watch;
import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tells machines and people how a daemon is. */
@Timeout(60)
class HealthTest {
    @TempDir
    Path folder;

    @Test
    void aDaemonThatLacksHostsAndDatastoresSaysSoAndIsWell() throws IOException {
        try (var daemon = DaemonFixture.in(folder)) {
            assertThat(get(daemon, "/health"))
                    .contains("200 OK", "daemon.no-hosts", "daemon.no-datastores", "\"unfinished\":0");
        }
    }

    @Test
    void whatItLackedAndHasNowIsMissedNoMore() throws IOException {
        try (var daemon = DaemonFixture.in(folder)) {
            daemon.engine.hosts.views.add(new HostView(Samples.HOST, "root@h1", "libvirt"));

            assertThat(get(daemon, "/health")).contains("200 OK").doesNotContain("daemon.no-hosts");
        }
    }

    @Test
    void aJournalThatCannotBeReadIsNoHealth() throws IOException {
        try (var daemon = DaemonFixture.in(folder)) {
            daemon.engine.upkeep.broken = true;

            assertThat(get(daemon, "/health")).contains("503", "journal.broken");
        }
    }

    @Test
    void aDaemonThatIsAboutToEndIsNotWell() throws Exception {
        var daemon = DaemonFixture.in(folder);
        var health = new CompletableFuture<String>();
        daemon.engine.machines.outcome = (name, watch) -> {
            await().until(watch.cancellation()::requested);
            health.complete(ask(daemon));
            return Samples.report(name);
        };
        var client = Thread.ofVirtual().start(() -> suspend(daemon, "web"));
        await().until(() -> daemon.engine.machines.suspended.size() == 1);

        daemon.end();

        assertThat(health.join()).contains("503", "daemon.stopping");
        client.join();
    }

    @Test
    void operationsAndTasksAreCountedByWhatCameOfThem() throws IOException {
        try (var daemon = DaemonFixture.in(folder)) {
            daemon.engine.machines.outcome = (name, watch) -> {
                watch.events()
                        .accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
                watch.events().accept(new EngineEvent.OperationEnds(Samples.OPERATION, OperationState.SUCCEEDED, ""));
                return Samples.report(name);
            };
            suspend(daemon, "web");
            suspend(daemon, "db");
            daemon.engine.machines.outcome = (name, watch) -> {
                throw Samples.failure(FailureKind.CONFLICT);
            };
            assertThatThrownBy(() -> suspend(daemon, "web")).isInstanceOf(Failure.class);

            assertThat(get(daemon, "/metrics"))
                    .contains("text/plain; version=0.0.4")
                    .contains("# TYPE berth_operations_total counter\n")
                    .contains("berth_operations_total{kind=\"suspend\",state=\"succeeded\"} 2\n")
                    .contains("berth_operation_seconds_total{kind=\"suspend\"} ")
                    .contains("berth_tasks_total{kind=\"suspend\",result=\"ended\"} 2\n")
                    .contains("berth_tasks_total{kind=\"suspend\",result=\"refused\"} 1\n")
                    .contains("berth_tasks_running 0\n", "berth_stopping 0\n", "berth_operations_unfinished 0\n")
                    .contains("process_resident_memory_bytes ");
        }
    }

    private static void suspend(DaemonFixture daemon, String name) {
        daemon.client().machines().suspend(SuspendRequest.of(name), Watch.none());
    }

    private static String ask(DaemonFixture daemon) {
        try {
            return get(daemon, "/health");
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private static String get(DaemonFixture daemon, String path) throws IOException {
        return RawClient.exchange(daemon.socket(), "GET", path, "");
    }
}
