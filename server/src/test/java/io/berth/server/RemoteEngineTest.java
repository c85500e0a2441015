package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.Fate;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Left;
import io.berth.core.fleet.Move;
import io.berth.core.fleet.Pace;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.fleet.Way;
import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.operation.AdoptRequest;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.Recovered;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.DatastoreView;
import io.berth.engine.Engine;
import io.berth.engine.EngineEvent;
import io.berth.engine.Finding;
import io.berth.engine.Found;
import io.berth.engine.HostView;
import io.berth.engine.ScriptTest;
import io.berth.engine.Watch;
import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteEngineTest {
    @TempDir
    Path folder;

    private DaemonFixture daemon;
    private Engine client;

    @BeforeEach
    void start() throws IOException {
        daemon = DaemonFixture.in(folder);
        client = daemon.client();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void machinesComeAsTheyAreWithTheHostsThatAreSilent() {
        daemon.engine.machines.views.addAll(List.of(Samples.running("web"), Samples.suspended("a/b \"c\" +%2F ü")));
        daemon.engine.machines.silent.add(Samples.failure(FailureKind.ENVIRONMENT));

        var found = client.machines().list();

        assertThat(found.items()).usingRecursiveComparison().isEqualTo(daemon.engine.machines.views);
        assertThat(found.silent())
                .singleElement()
                .satisfies(failure -> assertSame(failure, Samples.failure(FailureKind.ENVIRONMENT)));
        assertThat(client.machines().find("a/b \"c\" +%2F ü").view())
                .usingRecursiveComparison()
                .isEqualTo(Samples.suspended("a/b \"c\" +%2F ü"));
    }

    @Test
    void whatIsRefusedIsRefusedWithEveryFieldOfTheFailure() {
        for (var kind : FailureKind.values()) {
            daemon.engine.machines.outcome = (name, watch) -> {
                throw Samples.failure(kind);
            };

            var failure = catchThrowableOfType(
                    Failure.class, () -> client.machines().suspend(SuspendRequest.of("web"), Watch.none()));

            assertSame(failure, Samples.failure(kind));
        }
    }

    @Test
    void aRequestArrivesAsItWasMadeAndItsReportComesBack() {
        var suspend = new SuspendRequest(
                "web",
                Optional.of(Samples.HOST),
                Optional.of("fast"),
                Optional.of(MemoryWriter.LIVE_STREAM),
                Optional.of(DataSize.ofMebibytes(512)),
                true);
        var resume = new ResumeRequest("web", Optional.empty(), Set.of(new HostRef("h7"), new HostRef("h8")));

        var start = new StartRequest("web", Optional.of(Samples.HOST), Set.of());
        var migrate = new MigrateRequest(suspend, Samples.HOST, MigrationMode.LIVE);
        var move = new MoveDirectoryRequest(
                Samples.vm("web"), new VmDirectory("files", "5"), Samples.HOST, new HostRef("h7"));

        var report = client.machines().suspend(suspend, Watch.none());
        client.machines().stop(suspend, Watch.none());
        client.machines().start(start, Watch.none());
        client.machines().resume(resume, Watch.none());
        client.machines().migrate(migrate, Watch.none());
        client.machines().terminate(TerminateRequest.of("web"), Watch.none());
        client.machines().moveDirectory(move, Watch.none());

        assertThat(report).usingRecursiveComparison().isEqualTo(Samples.report("web"));
        assertThat(daemon.engine.machines.suspended).containsExactly(suspend);
        assertThat(daemon.engine.machines.stopped).containsExactly(suspend);
        assertThat(daemon.engine.machines.started).containsExactly(start);
        assertThat(daemon.engine.machines.resumed).containsExactly(resume);
        assertThat(daemon.engine.machines.migrated).containsExactly(migrate);
        assertThat(daemon.engine.machines.moved).containsExactly(move);
        assertThat(daemon.engine.machines.terminated).containsExactly(TerminateRequest.of("web"));
    }

    @Test
    void aReportThatSomethingWentWrongComesBackWhole() {
        var lost = Samples.report(
                "web", OperationState.PENDING, Optional.of(Samples.failure(FailureKind.UNKNOWN_OUTCOME)), true);
        daemon.engine.machines.outcome = (name, watch) -> lost;

        var report = client.machines().suspend(SuspendRequest.of("web"), Watch.none());

        assertThat(report.result().memoryLost()).isTrue();
        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        assertSame(report.result().failure().orElseThrow(), Samples.failure(FailureKind.UNKNOWN_OUTCOME));
    }

    @Test
    void plansComeBackAsPlans() {
        assertThat(client.machines().planSuspend(SuspendRequest.of("web"))).isEqualTo(Samples.plan("web"));
        assertThat(client.machines().planTerminate(TerminateRequest.of("web"))).isEqualTo(Samples.plan("web"));
        assertThat(client.checkpoints().planDelete("web", true)).isEqualTo(Samples.plan("web"));
        var adopt = new AdoptRequest(
                new VolumeRef("rbd", "one-sys-7-checkpoint"), Samples.vm("web"), new HostRef("h1"), Set.of());
        assertThat(client.checkpoints().planAdopt(adopt)).isEqualTo(Samples.plan("one-sys-7-checkpoint"));
    }

    @Test
    void eventsAreHeardInOrderAndBeforeTheReport() {
        var events = List.<EngineEvent>of(
                new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm("web"), 3),
                new EngineEvent.StepBegins(Samples.OPERATION, 1, "save", "write\nit", Direction.FORWARD),
                new EngineEvent.BytesMoved(Samples.OPERATION, DataSize.ofMebibytes(1), DataSize.ofMebibytes(9)),
                new EngineEvent.StepEnds(Samples.OPERATION, "save", Direction.FORWARD, Phase.DONE),
                new EngineEvent.OperationEnds(Samples.OPERATION, OperationState.SUCCEEDED, ""));
        daemon.engine.machines.outcome = (name, watch) -> {
            events.forEach(watch.events());
            return Samples.report(name);
        };
        var heard = new CopyOnWriteArrayList<EngineEvent>();

        client.machines().suspend(SuspendRequest.of("web"), new Watch(heard::add, Cancellation.never()));

        assertThat(heard).containsExactlyElementsOf(events);
    }

    @Test
    void aListenerThatThrowsHindersNothing() {
        daemon.engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm("web"), 3));
            return Samples.report(name);
        };
        var watch = new Watch(
                event -> {
                    throw new IllegalStateException("tired");
                },
                Cancellation.never());

        assertThat(client.machines()
                        .suspend(SuspendRequest.of("web"), watch)
                        .result()
                        .succeeded())
                .isTrue();
    }

    @Test
    void aWishToCancelReachesTheOperation() {
        var cancellation = Cancellation.never();
        daemon.engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm("web"), 3));
            await().until(watch.cancellation()::requested);
            throw Samples.failure(FailureKind.CANCELLED);
        };

        assertThatThrownBy(() -> client.machines()
                        .suspend(
                                SuspendRequest.of("web"),
                                new Watch(event -> Thread.ofVirtual().start(cancellation::request), cancellation)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
    }

    @Test
    void aWishThatIsOlderThanTheRequestIsHeardToo() {
        var cancellation = Cancellation.never();
        cancellation.request();
        daemon.engine.machines.outcome = (name, watch) -> {
            await().until(watch.cancellation()::requested);
            throw Samples.failure(FailureKind.CANCELLED);
        };

        assertThatThrownBy(
                        () -> client.machines().suspend(SuspendRequest.of("web"), new Watch(event -> {}, cancellation)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void whenTheDaemonIsGoneInTheMiddleNobodyClaimsToKnowWhatCameOfIt() throws Exception {
        var over = new CountDownLatch(1);
        var doomed = DaemonFixture.in(folder.resolve("doomed"), "finish-time: 0s\n  undo-time: 0s");
        doomed.engine.machines.outcome = (name, watch) -> {
            watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm(name), 3));
            await().until(() -> over.getCount() == 0);
            return Samples.report(name);
        };
        var watch = new Watch(event -> Thread.ofVirtual().start(doomed::end), Cancellation.never());

        var failure = catchThrowableOfType(
                Failure.class, () -> doomed.client().machines().suspend(SuspendRequest.of("web"), watch));
        over.countDown();

        assertThat(failure.code()).isEqualTo("daemon.lost");
        assertThat(failure.isUnknownOutcome()).isTrue();
    }

    @Test
    void checkpointsOperationsHostsAndUpkeepComeAsTheyAre() {
        var entry = Samples.checkpoint("web", CheckpointState.COMPLETE);
        var operation = Samples.entry("web", OperationState.SUCCEEDED, "well");
        var leftover = new Leftover(
                Samples.VOLUME, Leftover.Verdict.STALE_LINK, Optional.of(Samples.vm("web")), DataSize.ZERO, false, "");
        daemon.engine.checkpoints.entries.add(entry);
        daemon.engine.operations.entries.add(operation);
        daemon.engine.hosts.views.add(new HostView(Samples.HOST, "root@h1", "libvirt"));
        daemon.engine.hosts.findings.add(Finding.trouble("connection", Samples.failure(FailureKind.STORAGE)));
        var good = Finding.good("journal", "whole");
        var room = Optional.of(new Capacity(DataSize.ofMebibytes(9), DataSize.ofMebibytes(7)));
        daemon.engine.datastores.views.add(new DatastoreView("fast", "loop", List.of(Samples.HOST), room));
        daemon.engine.datastores.views.add(new DatastoreView("slow", "ceph", List.of(), Optional.empty()));
        daemon.engine.datastores.findings.add(good);
        daemon.engine.upkeep.findings.add(good);
        daemon.engine.scripts.promises.add(new ScriptTest.Promise(
                "kept", Optional.of(Samples.failure(FailureKind.STORAGE)), Optional.of("untried")));
        daemon.engine.upkeep.leftovers.add(leftover);
        daemon.engine.upkeep.open.add(operation);
        daemon.engine.upkeep.recovered.add(
                new Recovered(operation, Optional.of(Samples.report("web").result()), Optional.empty()));
        daemon.engine.machines.changes.add(new DefinitionChange("pin-cpu", "<a/>", "<b/>"));

        assertThat(client.scripts().test("san"))
                .usingRecursiveComparison()
                .isEqualTo(daemon.engine.scripts.test("san"));
        assertThat(client.checkpoints().list().items())
                .usingRecursiveComparison()
                .isEqualTo(List.of(entry));
        assertThat(client.operations().list(Optional.empty(), 7))
                .usingRecursiveComparison()
                .isEqualTo(List.of(operation));
        assertThat(client.operations().find(Samples.OPERATION))
                .usingRecursiveComparison()
                .isEqualTo(daemon.engine.operations.find(Samples.OPERATION));
        assertThat(client.operations().cancel(Samples.OPERATION))
                .usingRecursiveComparison()
                .isEqualTo(operation);
        assertThat(client.hosts().list()).isEqualTo(daemon.engine.hosts.views);
        assertThat(client.hosts().check(Samples.HOST).isGood()).isFalse();
        assertThat(client.datastores().list()).usingRecursiveComparison().isEqualTo(daemon.engine.datastores.list());
        assertThat(client.datastores().check("fast", Watch.none()).findings()).containsExactly(good);
        assertThat(daemon.engine.datastores.checked).containsExactly("fast");
        assertThat(client.upkeep().examine()).containsExactly(good);
        assertThat(client.upkeep().unfinished()).usingRecursiveComparison().isEqualTo(List.of(operation));
        assertThat(client.upkeep().collectGarbage(true))
                .usingRecursiveComparison()
                .isEqualTo(new Found<>(List.of(leftover), List.of()));
        assertThat(client.upkeep().rebuild()).containsExactly("suspend 1");
        assertThat(client.upkeep()
                        .recover(Set.of(Samples.HOST), Watch.none())
                        .getFirst()
                        .result()
                        .orElseThrow()
                        .plan())
                .isEqualTo(Samples.plan("web"));
        client.hosts().add(new HostRef("h9"), "root@h9");
        client.hosts().remove(new HostRef("h9"), true);
        assertThat(daemon.engine.hosts.asked).containsExactly("add h9 root@h9", "remove h9 true");
        assertThat(daemon.engine.upkeep.asked).contains("gc true", "recover [h1]");
    }

    private static void assertSame(Failure failure, Failure expected) {
        assertThat(failure)
                .usingRecursiveComparison()
                .ignoringFields("stackTrace", "suppressedExceptions", "cause")
                .isEqualTo(expected);
        assertThat(failure.kind()).isEqualTo(expected.kind());
        assertThat(failure.code()).isEqualTo(expected.code());
        assertThat(failure.what()).isEqualTo(expected.what());
        assertThat(failure.why()).isEqualTo(expected.why());
        assertThat(failure.next()).isEqualTo(expected.next());
        assertThat(failure.host()).isEqualTo(expected.host());
        assertThat(failure.command()).isEqualTo(expected.command());
        assertThat(failure.output()).isEqualTo(expected.output());
    }

    @Test
    void fleetsComeAsTheyAre() {
        var left = new Left(Samples.vm("big"), Samples.HOST, Samples.failure(FailureKind.ENVIRONMENT));
        var move = new Move(
                Samples.vm("db"),
                Way.SUSPEND,
                Samples.HOST,
                Optional.empty(),
                Optional.of("fast"),
                DataSize.ofMebibytes(10),
                Optional.of(Duration.ofSeconds(2)));
        daemon.engine.fleet.plan = new FleetPlan(
                "suspend-all",
                List.of(move),
                List.of(left),
                List.of(),
                Optional.of(new Pace(DataSize.ofMebibytes(100), Pace.Source.ASSUMED)),
                Optional.of(Duration.ofSeconds(2)));
        daemon.engine.fleet.outcome = watch -> new FleetReport(
                "suspend-all",
                List.of(new Fate(
                        move, Fate.End.DONE, Optional.of(Samples.report("db").result()), Optional.empty())),
                List.of(left),
                List.of(),
                Duration.ofSeconds(3));
        var request = new SuspendAllRequest(
                Optional.of(Samples.HOST),
                Optional.of("fast"),
                Optional.of(MemoryWriter.STREAM),
                Optional.of(Duration.ofMinutes(8)),
                Optional.of(DataSize.ofMebibytes(400)));

        var plan = client.fleet().planSuspendAll(request);
        var report = client.fleet().suspendAll(request, Watch.none());
        client.fleet().resumeAll(new ResumeAllRequest(Optional.empty(), Set.of(Samples.HOST)), Watch.none());

        client.fleet().evacuate(EvacuateRequest.of(Samples.HOST), Watch.none());

        assertThat(client.fleet().planEvacuate(EvacuateRequest.of(Samples.HOST)).moves())
                .isEqualTo(plan.moves());
        assertThat(plan.moves()).isEqualTo(daemon.engine.fleet.plan.moves());
        assertThat(plan.pace()).isEqualTo(daemon.engine.fleet.plan.pace());
        assertThat(plan.left()).singleElement().satisfies(each -> assertSame(each.why(), left.why()));
        assertThat(report.took()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.fates()).singleElement().satisfies(fate -> {
            assertThat(fate.move()).isEqualTo(move);
            assertThat(fate.result().orElseThrow().succeeded()).isTrue();
        });
        assertThat(daemon.engine.fleet.asked)
                .containsExactly(
                        request,
                        new ResumeAllRequest(Optional.empty(), Set.of(Samples.HOST)),
                        EvacuateRequest.of(Samples.HOST));
    }
}
