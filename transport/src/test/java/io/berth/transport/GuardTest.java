package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class GuardTest {
    private static final String OLD = "oldoperation";
    private static final String NEW = "newoperation";

    @TempDir
    Path state;

    private final VmRef vm = LocalHost.newVm();
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private LocalHost host;
    private HelperGuard guard;

    @BeforeEach
    void open() {
        host = new LocalHost(state);
        guard = new HelperGuard(host.transport);
    }

    @AfterEach
    void close() {
        host.close();
        tasks.shutdownNow();
    }

    @Test
    void aVmThatWasNeverSeenHasEpochZeroAndReadingItLeavesNothing() throws Exception {
        var seen = guard.read(LocalHost.HOST, vm.uuid());
        assertThat(seen.epoch()).isZero();
        assertThat(seen.running()).isEmpty();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void aChangingCommandKeepsItsEpochOnTheHostsDisk() throws Exception {
        assertThat(change(7, NEW, "true").succeeded()).isTrue();
        assertThat(guard.read(LocalHost.HOST, vm.uuid()).epoch()).isEqualTo(7);
        assertThat(state.resolve("guard/" + vm.uuid() + ".epoch")).hasContent("7 " + NEW + "\n");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(state.resolve("guard/" + vm.uuid() + ".epoch"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aLowerEpochIsRefusedAndItsCommandNeverStarts() {
        guard.raise(LocalHost.HOST, LocalHost.token(vm, 5, NEW));
        var made = state.resolve("made");
        assertThatThrownBy(() -> change(4, OLD, "touch", made.toString()))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("guard.refused") && failure.kind() == FailureKind.CONFLICT)
                .matches(failure -> failure.why().contains("epoch 5 of operation " + NEW));
        assertThat(made).doesNotExist();
        assertThatThrownBy(() -> guard.raise(LocalHost.HOST, LocalHost.token(vm, 4, OLD)))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("guard.refused"));
        assertThat(guard.read(LocalHost.HOST, vm.uuid()).epoch()).isEqualTo(5);
    }

    @Test
    void theEpochOutlivesTheHelper() {
        change(9, NEW, "true");
        host.close();
        host = new LocalHost(state);
        assertThat(new HelperGuard(host.transport)
                        .read(LocalHost.HOST, vm.uuid())
                        .epoch())
                .isEqualTo(9);
        assertThatThrownBy(() -> change(8, OLD, "true")).isInstanceOf(Failure.class);
    }

    @Test
    void commandsOfOneOperationRunSideBySide() throws Exception {
        var fifo = fifo("meeting");
        // Each end of a pipe waits for the other: two that ran one after the other would never end.
        var writer = tasks.submit(() -> change(1, NEW, "sh", "-c", "echo met > " + fifo));
        assertThat(change(1, NEW, "cat", fifo.toString()).output()).isEqualTo("met\n");
        assertThat(writer.get().succeeded()).isTrue();
    }

    @Test
    void anotherOperationHasToWaitForTheCommandThatRuns() throws Exception {
        var running = startLong(1, OLD);
        for (var epoch : new long[] {1, 2}) {
            assertThatThrownBy(() -> change(epoch, NEW, "true"))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("guard.busy") && failure.kind() == FailureKind.CONFLICT)
                    .matches(failure -> failure.why().contains(OLD));
        }
        assertThat(guard.read(LocalHost.HOST, vm.uuid()).epoch()).isEqualTo(1);
        running.letGo();
        assertThat(running.result().succeeded()).isTrue();
        assertThat(change(2, NEW, "true").succeeded()).isTrue();
    }

    @Test
    void onesAnswerMeansThatTheNextOperationFindsTheDoorOpen() {
        for (var epoch = 1; epoch <= 60; epoch++) {
            assertThat(change(epoch, epoch % 2 == 0 ? NEW : OLD, "true").succeeded())
                    .isTrue();
        }
    }

    @Test
    void otherVmsAreNotHeldUp() throws Exception {
        var running = startLong(1, OLD);
        var other = LocalHost.call(LocalHost.newVm(), 1, NEW);
        assertThat(host.run(HostCommand.changing(other, "true")).succeeded()).isTrue();
        running.letGo();
    }

    @Test
    void raisingTellsWhatOfAnOlderEpochStillRuns() throws Exception {
        var running = startLong(1, OLD);
        assertThat(guard.raise(LocalHost.HOST, LocalHost.token(vm, 1, OLD)).running())
                .isEmpty();
        assertThat(guard.read(LocalHost.HOST, vm.uuid()).running()).isEqualTo(Optional.of(new OperationId(OLD)));
        var raised = guard.raise(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(raised.epoch()).isEqualTo(2);
        assertThat(raised.running()).isEqualTo(Optional.of(new OperationId(OLD)));
        // The old one goes on, but nothing new of its epoch starts.
        assertThatThrownBy(() -> change(1, OLD, "true"))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("guard.refused"));
        running.letGo();
        assertThat(running.result().succeeded()).isTrue();
        assertThat(guard.read(LocalHost.HOST, vm.uuid()).running()).isEmpty();
    }

    @Test
    void evictingEndsTheOlderCommandEvenOneThatTakesNoNoticeOfSignals() throws Exception {
        var running = startLong(1, OLD, "trap '' TERM HUP INT;");
        guard.raise(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        guard.evict(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(Processes.runs(running.pid)).isFalse();
        assertThat(running.result().exitCode()).isEqualTo(137);
        assertThat(change(2, NEW, "true").succeeded()).isTrue();
    }

    @Test
    void evictingEndsWhatTheCommandLeftInTheBackground() throws Exception {
        var result = change(1, OLD, "sh", "-c", "setsid sleep 60 > /dev/null 2>&1 & echo $!");
        var left = Long.parseLong(result.output().strip());
        var raised = guard.raise(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(raised.running()).isEqualTo(Optional.of(new OperationId(OLD)));
        guard.evict(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(Processes.runs(left)).isFalse();
    }

    @Test
    void evictingSparesCommandsOfTheOwnEpochAndNeedsRaisingFirst() throws Exception {
        var running = startLong(2, NEW);
        guard.evict(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(Processes.runs(running.pid)).isTrue();
        assertThatThrownBy(() -> guard.evict(LocalHost.HOST, LocalHost.token(vm, 3, NEW)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("guard-raise comes first");
        assertThatThrownBy(() -> guard.evict(LocalHost.HOST, LocalHost.token(vm, 1, OLD)))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("guard.refused"));
        running.letGo();
    }

    @Test
    void killingTheHelperLeavesAChangingCommandItsLockAndItsOutput() throws Exception {
        var done = state.resolve("done");
        var fifo = fifo("gate");
        // It writes much after the helper is gone: a closed pipe would end it half-way.
        var script = "echo $PPID $$; cat " + fifo + "; head -c 1000000 /dev/zero && touch " + done;
        var pids = new CompletableFuture<String>();
        var lost = tasks.submit(() -> host.run(HostCommand.changing(LocalHost.call(vm, 1, OLD), "sh", "-c", script)
                .withOutputLines(pids::complete)));
        var keeper = Long.parseLong(pids.get().split(" ", -1)[0]);
        var serve = ProcessHandle.of(keeper).flatMap(ProcessHandle::parent).orElseThrow();
        serve.destroyForcibly();
        assertThatThrownBy(lost::get)
                .cause()
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.lost") && failure.isUnknownOutcome());
        // The next command opens a new connection; there the old one is still seen.
        assertThat(guard.raise(LocalHost.HOST, LocalHost.token(vm, 2, NEW)).running())
                .isEqualTo(Optional.of(new OperationId(OLD)));
        assertThat(open(fifo).succeeded()).isTrue();
        Wait.until(() -> Files.exists(done));
        Wait.until(() -> guard.read(LocalHost.HOST, vm.uuid()).running().isEmpty());
    }

    @Test
    void killingTheHelperEndsAReadingCommand() throws Exception {
        var pids = new CompletableFuture<String>();
        var lost = tasks.submit(() -> host.run(
                HostCommand.reading("sh", "-c", "echo $PPID $$; exec sleep 60").withOutputLines(pids::complete)));
        var words = pids.get().split(" ", -1);
        ProcessHandle.of(Long.parseLong(words[0]))
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .destroyForcibly();
        assertThatThrownBy(lost::get).hasCauseInstanceOf(Failure.class);
        Wait.until(() -> !Processes.runs(Long.parseLong(words[1])));
    }

    @Test
    void killingTheKeeperIsAnUnknownOutcomeAndTheCommandKeepsItsLock() throws Exception {
        var pids = new CompletableFuture<String>();
        var lost = tasks.submit(() ->
                host.run(HostCommand.changing(LocalHost.call(vm, 1, OLD), "sh", "-c", "echo $PPID $$; exec sleep 60")
                        .withOutputLines(pids::complete)));
        var words = pids.get().split(" ", -1);
        ProcessHandle.of(Long.parseLong(words[0])).orElseThrow().destroyForcibly();
        assertThatThrownBy(lost::get)
                .cause()
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.lost"));
        var raised = guard.raise(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(raised.running()).isEqualTo(Optional.of(new OperationId(OLD)));
        guard.evict(LocalHost.HOST, LocalHost.token(vm, 2, NEW));
        assertThat(Processes.runs(Long.parseLong(words[1]))).isFalse();
    }

    @Test
    void aGuardFileThatMakesNoSenseStopsEverythingInsteadOfLettingAnythingIn() throws Exception {
        change(3, OLD, "true");
        for (var content : new String[] {"", "3", "three oldoperation\n", "3 ../../x\n", "3 " + OLD + "\nmore"}) {
            Files.writeString(state.resolve("guard/" + vm.uuid() + ".epoch"), content);
            assertThatThrownBy(() -> change(4, NEW, "true"))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("guard.broken"));
            assertThatThrownBy(() -> guard.raise(LocalHost.HOST, LocalHost.token(vm, 4, NEW)))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("guard.broken"));
        }
    }

    @Test
    void theListShowsWhatRuns() throws Exception {
        var running = startLong(4, OLD);
        assertThat(host.read("berth-host", "guard-list").output()).isEqualTo(vm.uuid() + " 4 " + OLD + "\n");
        running.letGo();
        running.result();
        assertThat(host.read("berth-host", "guard-list").output()).isEqualTo(vm.uuid() + " 4 -\n");
    }

    private CommandResult change(long epoch, String operation, String... argv) {
        return host.run(HostCommand.changing(LocalHost.call(vm, epoch, operation), argv));
    }

    /** Opens a pipe's other end, so that who waits at it goes on. */
    private CommandResult open(Path fifo) {
        return host.run(HostCommand.reading("sh", "-c", "echo > " + fifo).withDeadline(Duration.ofSeconds(20)));
    }

    private Path fifo(String name) throws Exception {
        var path = state.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        return path;
    }

    private Running startLong(long epoch, String operation) throws Exception {
        return startLong(epoch, operation, "");
    }

    /** Starts a command that waits until it is let go; returns when it runs. */
    private Running startLong(long epoch, String operation, String preparation) throws Exception {
        var fifo = fifo("gate" + epoch + operation);
        var pid = new CompletableFuture<String>();
        var started = new CountDownLatch(1);
        var command = HostCommand.changing(
                        LocalHost.call(vm, epoch, operation), "sh", "-c", preparation + "echo $$; read x < " + fifo)
                .withOutputLines(line -> {
                    pid.complete(line);
                    started.countDown();
                });
        var result = tasks.submit(() -> host.run(command));
        started.await();
        return new Running(Long.parseLong(pid.get()), fifo, result);
    }

    private final class Running {
        private final long pid;
        private final Path fifo;
        private final Future<CommandResult> result;

        Running(long pid, Path fifo, Future<CommandResult> result) {
            this.pid = pid;
            this.fifo = fifo;
            this.result = result;
        }

        void letGo() {
            open(fifo);
        }

        CommandResult result() throws Exception {
            return result.get();
        }
    }
}
