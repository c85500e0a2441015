package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.Recovered;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.configuration.Home;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLifeTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void whatADeadProcessLeftIsRecoveredWhenTheDaemonStarts() throws IOException {
        var engine = new FakeEngine();
        leaveSomething(engine);

        try (var _ = DaemonFixture.of(folder, engine, "recover-every: 1h")) {
            await().untilAsserted(() -> assertThat(engine.upkeep.asked).containsExactly("recover []"));
        }
    }

    @Test
    void recoveryIsTriedAgainForAsLongAsThereIsSomethingToRecover() throws IOException {
        var engine = new FakeEngine();
        leaveSomething(engine);

        try (var _ = DaemonFixture.of(folder, engine, "recover-every: 1s")) {
            await().until(() -> engine.upkeep.asked.size() >= 2);
        }
    }

    @Test
    void withNothingToRecoverNothingIsDone() throws IOException {
        var engine = new FakeEngine();

        try (var daemon = DaemonFixture.of(folder, engine, "recover-every: 1s\n  garbage-every: 1s")) {
            await().until(() -> engine.upkeep.asked.contains("gc false"));
            assertThat(engine.upkeep.asked).containsOnly("gc false");
            assertThat(daemon.client().upkeep().unfinished()).isEmpty();
        }
    }

    @Test
    void anOperationOfTheDaemonItselfIsNotRecovered() throws Exception {
        var engine = new FakeEngine();
        var over = new CountDownLatch(1);
        engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
            leaveSomething(engine);
            await().until(() -> over.getCount() == 0);
            return Samples.report(name);
        };

        try (var daemon = DaemonFixture.of(folder, engine, "recover-every: 1s\n  garbage-every: 1s")) {
            var client = Thread.ofVirtual()
                    .start(() -> daemon.client().machines().suspend(SuspendRequest.of("web"), Watch.none()));
            await().until(() -> engine.upkeep.asked.size() >= 2);
            assertThat(engine.upkeep.asked).containsOnly("gc false");
            over.countDown();
            client.join();
        }
    }

    @Test
    void aSecondDaemonOfTheSameHomeIsRefusedAndHarmsNothing() throws IOException {
        try (var first = DaemonFixture.in(folder)) {
            var second = new FakeEngine();

            assertThatThrownBy(() -> DaemonFixture.of(folder, second, ""))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("daemon.running"));

            assertThat(first.client().machines().list().items()).isEmpty();
        }
    }

    @Test
    void afterADaemonThatWasKilledTheNextOneTakesTheSocketOver() throws IOException {
        var home = Home.in(folder);
        Files.createDirectories(home.run());
        Files.createFile(home.run().resolve("berth.sock"));

        try (var daemon = DaemonFixture.in(folder)) {
            assertThat(daemon.client().machines().list().items()).isEmpty();
        }
    }

    @Test
    void onlyItsUserAndGroupReachTheSocket() throws IOException {
        try (var daemon = DaemonFixture.in(folder, "socket-mode: 0600")) {
            assertThat(mode(daemon.home.run())).isEqualTo("rwxr-x---");
            assertThat(mode(daemon.socket())).isEqualTo("rw-------");
        }
    }

    @Test
    void whoStopsItTakesNoNewWorkCancelsWhatIsUnderWayAndLeavesNoSocket() throws Exception {
        var daemon = DaemonFixture.in(folder);
        daemon.engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
            await().until(watch.cancellation()::requested);
            assertThatThrownBy(() -> daemon.client().machines().suspend(SuspendRequest.of("next"), Watch.none()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo("daemon.stopping"));
            return Samples.report(
                    name, OperationState.FAILED, Optional.of(Samples.failure(FailureKind.CANCELLED)), false);
        };
        var report = new CompletableFuture<Report>();
        Thread.ofVirtual()
                .start(() ->
                        report.complete(daemon.client().machines().suspend(SuspendRequest.of("web"), Watch.none())));
        await().until(() -> daemon.engine.machines.suspended.size() == 1);

        daemon.end();

        assertThat(report).succeedsWithin(TEN_SECONDS);
        assertThat(report.join().result().state()).isEqualTo(OperationState.FAILED);
        assertThat(daemon.socket()).doesNotExist();
        assertThat(daemon.engine.closed).isTrue();
        assertThat(daemon.engine.machines.suspended).hasSize(1);
    }

    @Test
    void whatCannotBeStoppedIsLeftToTheJournal() throws Exception {
        var over = new CountDownLatch(1);
        var daemon = DaemonFixture.in(folder, "finish-time: 0s\n  undo-time: 0s");
        daemon.engine.machines.outcome = (name, watch) -> {
            await().until(() -> over.getCount() == 0);
            return Samples.report(name);
        };
        var client = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(
                                () -> daemon.client().machines().suspend(SuspendRequest.of("web"), Watch.none()))
                        .isInstanceOf(Failure.class));
        await().until(() -> daemon.engine.machines.suspended.size() == 1);

        daemon.end();

        assertThat(daemon.engine.closed)
                .as("its operation still uses the journal")
                .isFalse();
        over.countDown();
        client.join();
    }

    private static void leaveSomething(FakeEngine engine) {
        var entry = Samples.entry("web", OperationState.ACTIVE, "");
        engine.upkeep.open.add(entry);
        engine.upkeep.recovered.add(
                new Recovered(entry, Optional.of(Samples.report("web").result()), Optional.empty()));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
