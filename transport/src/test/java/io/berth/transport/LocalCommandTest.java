package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.driver.Call;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Progress;
import io.berth.driver.host.HostCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LocalCommandTest {
    @TempDir
    Path state;

    private LocalHost host;

    @BeforeEach
    void open() {
        host = new LocalHost(state);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aCommandsOutputErrorOutputAndExitCodeComeBack() {
        var result = host.read("sh", "-c", "echo out; echo error >&2; exit 7");
        assertThat(result.output()).isEqualTo("out\n");
        assertThat(result.errorOutput()).isEqualTo("error\n");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void hostileArgumentsArriveByteForByte() {
        var hostile = new String[] {
            "printf",
            "%s\\0",
            "two words",
            "it's \"quoted\"",
            "new\nline",
            "$(touch /tmp/owned)",
            "`id`",
            "../../etc",
            "",
            "-n",
            "*",
            "\\",
            "ünïcödé 🐧",
            "tab\tbell\u0007",
            "; rm -rf /",
            "${HOME}",
            "\r\n"
        };
        var result = host.read(hostile);
        var expected = String.join("\0", List.of(hostile).subList(2, hostile.length)) + "\0";
        assertThat(result.output()).isEqualTo(expected);
        assertThat(Path.of("/tmp/owned")).doesNotExist();
    }

    @Test
    void standardInputArrivesByteForByte() {
        var bytes = new byte[3_000_000];
        RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
        var result = host.run(HostCommand.reading("sha256sum").withStdin(bytes));
        assertThat(result.output()).startsWith(Digests.sha256(bytes));
    }

    @Test
    void anArgumentWithAZeroByteIsRefusedHere() {
        assertThatThrownBy(() -> host.read("echo", "a\0b"))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.bad-command"));
    }

    @Test
    void aRequestThatIsTooLongIsRefusedAndTheConnectionGoesOn() {
        var tooLong = HostCommand.reading("cat").withStdin(new byte[9_000_000]);
        assertThatThrownBy(() -> host.run(tooLong))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.bad-command"));
        assertThat(host.read("true").succeeded()).isTrue();
    }

    @Test
    void hugeOutputIsCutAndSaidToBe() {
        var result = host.read("sh", "-c", "head -c 50000000 /dev/zero | tr '\\0' x; echo last >&2");
        assertThat(result.output()).hasSize(1024 * 1024).startsWith("xxx");
        assertThat(result.truncated()).isTrue();
        assertThat(result.errorOutput()).isEqualTo("last\n");
        assertThat(result.succeeded()).isTrue();
    }

    @Test
    void ofMuchErrorOutputTheEndIsKept() {
        var result = host.read("sh", "-c", "seq 1 200000 >&2");
        assertThat(result.errorOutput()).hasSizeLessThanOrEqualTo(64 * 1024).endsWith("\n200000\n");
    }

    @Test
    void linesComeWhileTheCommandRuns() {
        var lines = new CopyOnWriteArrayList<String>();
        var command = HostCommand.reading("sh", "-c", "echo one; echo two; printf three")
                .withOutputLines(lines::add);
        host.run(command);
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void aProgramThatIsntThereIsAnAnswer() {
        var result = host.read("no-such-program-anywhere");
        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.errorOutput()).startsWith("not-found:");
    }

    @Test
    void aSignalsNumberIsInTheExitCode() {
        assertThat(host.read("sh", "-c", "kill -KILL $$").exitCode()).isEqualTo(137);
    }

    @Test
    void programsSpeakOneLanguageAndFindTheSystemsTools() {
        var result = host.read("sh", "-c", "echo $LC_ALL $PATH");
        assertThat(result.output()).startsWith("C.UTF-8 ").contains("/usr/sbin");
    }

    @Test
    void aHundredCommandsAtOnceEachGetTheirOwnAnswer() throws Exception {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>();
            for (var i = 0; i < 100; i++) {
                var number = Integer.toString(i);
                answers.add(tasks.submit(() -> host.read("echo", number).output()));
            }
            for (var i = 0; i < 100; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i + "\n");
            }
        }
    }

    @Test
    void aCommandThatLeavesAProcessWithItsPipesBehindEndsAllTheSame() {
        var result = host.read("sh", "-c", "sleep 30 & echo $!");
        assertThat(result.output().strip()).matches("[0-9]+");
        ProcessHandle.of(Long.parseLong(result.output().strip())).ifPresent(ProcessHandle::destroy);
    }

    @Test
    void cancellationEndsTheWholeProcessGroupWithinFiveSeconds() throws Exception {
        var wish = new Cancellation();
        var call = LocalHost.call(LocalHost.newVm(), 1, "operation1").with(wish);
        var children = new CopyOnWriteArrayList<Long>();
        // The shell ignores the polite signal, its child doesn't hear of it either: only SIGKILL to the group helps.
        var command = HostCommand.changing(call, "sh", "-c", "trap '' TERM; sleep 60 & echo $!; echo $$; wait; wait")
                .withOutputLines(line -> {
                    children.add(Long.valueOf(line));
                    if (children.size() == 2) {
                        wish.request();
                    }
                });
        var began = System.nanoTime();
        assertThatThrownBy(() -> host.run(command))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("operation.cancelled") && failure.kind() == FailureKind.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(children).hasSize(2).allSatisfy(pid -> Wait.until(() -> !Processes.runs(pid)));
    }

    @Test
    void aWishThatComesTooLateGetsTheRealOutcome() {
        var wish = new Cancellation();
        var call = LocalHost.call(LocalHost.newVm(), 1, "operation1").with(wish);
        var command = HostCommand.changing(
                        call, "sh", "-c", "trap 'echo finished; exit 0' TERM; echo up; sleep 20 & wait")
                .withOutputLines(line -> wish.request());
        assertThat(host.run(command).output()).isEqualTo("up\nfinished\n");
    }

    @Test
    void aCommandIsNotSentWhenItsCallerHasAlreadyCancelled() {
        var wish = new Cancellation();
        wish.request();
        var made = state.resolve("made");
        var call = LocalHost.call(LocalHost.newVm(), 1, "operation1").with(wish);
        assertThatThrownBy(() -> host.run(HostCommand.changing(call, "touch", made.toString())))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("operation.cancelled"));
        assertThat(made).doesNotExist();
    }

    @Test
    void aCommandPastItsDeadlineIsEndedAndItsOutcomeUnknown() {
        var command = HostCommand.reading("sleep", "60").withDeadline(Duration.ofMillis(200));
        assertThatThrownBy(() -> host.run(command))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.deadline") && failure.isUnknownOutcome());
    }

    @Test
    void aSilentTransferIsEndedByTheStallTimer() {
        var stalling = new Call(
                LocalHost.token(LocalHost.newVm(), 1, "operation1"),
                Duration.ofMinutes(1),
                Duration.ofMillis(300),
                Progress.NONE,
                Cancellation.never());
        var lines = new CopyOnWriteArrayList<String>();
        var command = HostCommand.changing(stalling, "sh", "-c", "echo progress 1 2; exec sleep 60")
                .withOutputLines(lines::add);
        assertThatThrownBy(() -> host.run(command))
                .asInstanceOf(type(Failure.class))
                .matches(failure -> failure.is("host.stalled") && failure.isUnknownOutcome());
        assertThat(lines).containsExactly("progress 1 2");
    }

    @Test
    void aTransferThatReportsLinesIsNotStalled() {
        var stalling = new Call(
                LocalHost.token(LocalHost.newVm(), 1, "operation1"),
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                Progress.NONE,
                Cancellation.never());
        var command = HostCommand.changing(stalling, "sh", "-c", "for i in 1 2 3 4 5 6 7; do echo $i; sleep 0.2; done")
                .withOutputLines(line -> {});
        assertThat(host.run(command).succeeded()).isTrue();
    }

    @Test
    void theHelpersOwnCommandsRunWithoutAProgram() {
        assertThat(host.read("berth-host", "version").output()).startsWith("berth-host ");
        assertThat(host.read("berth-host", "no-such-command").exitCode()).isEqualTo(2);
        assertThat(host.read("berth-host", "serve").exitCode()).isEqualTo(2);
        assertThat(host.read("berth-host").exitCode()).isEqualTo(2);
    }

    @Test
    void eachConnectionTellsOnceHowLongItTookToMake() {
        var settings = TransportSettings.defaults()
                .withLocalHelper(HelperBinary.path(), Map.of("BERTH_STATE", state.toString()));
        var heard = new CopyOnWriteArrayList<Duration>();
        try (var transport = new Transports(_ -> new HostAddress.Local(), settings, (_, took) -> heard.add(took))) {
            transport.run(LocalHost.HOST, HostCommand.reading("true"));
            transport.run(LocalHost.HOST, HostCommand.reading("true"));
        }
        assertThat(heard).singleElement().matches(Duration::isPositive);
    }

    @Test
    void aConnectionMadeAheadIsTheOneThatCommandsUse() {
        var settings = TransportSettings.defaults()
                .withLocalHelper(HelperBinary.path(), Map.of("BERTH_STATE", state.toString()));
        var connections = new AtomicInteger();
        try (var transport =
                new Transports(_ -> new HostAddress.Local(), settings, (_, _) -> connections.incrementAndGet())) {
            transport.connect(LocalHost.HOST);
            transport.connect(LocalHost.HOST);
            assertThat(transport
                            .run(LocalHost.HOST, HostCommand.reading("true"))
                            .succeeded())
                    .isTrue();
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void whatFailsAheadIsToldToTheFirstCommand() {
        var settings = TransportSettings.defaults().withLocalHelper(state.resolve("none"), Map.of());
        try (var transport = new Transports(_ -> new HostAddress.Local(), settings)) {
            transport.connect(LocalHost.HOST);
            assertThatThrownBy(() -> transport.run(LocalHost.HOST, HostCommand.reading("true")))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("host.no-helper"));
        }
    }

    @Test
    void aMissingHelperIsToldApartFromAHostThatIsDown() throws Exception {
        var settings = TransportSettings.defaults().withLocalHelper(state.resolve("none"), Map.of());
        try (var transport = new Transports(host -> new HostAddress.Local(), settings)) {
            assertThatThrownBy(() -> transport.run(LocalHost.HOST, HostCommand.reading("true")))
                    .asInstanceOf(type(Failure.class))
                    .matches(failure -> failure.is("host.no-helper"))
                    .matches(failure -> failure.next().contains("berth host add"));
        }
    }

    @Test
    void aHelperThatSpeaksNonsenseOrAnotherVersionIsRefused() throws Exception {
        var noisy = script("noisy", "echo Welcome to this machine!");
        assertThat(codeOf(noisy)).isEqualTo("host.no-helper");
        var old = script(
                "old",
                "printf '\\074\\000\\000\\000\\020\\000\\000\\000\\000'; "
                        + "printf 'berth-host 9.9\\nprotocol 77\\nlevel 9\\nboot x\\nuid 0\\n             '; exec sleep 20");
        assertThat(codeOf(old)).isEqualTo("host.helper-old");
    }

    private Path script(String name, String text) throws Exception {
        var file = state.resolve(name);
        Files.write(file, ("#!/bin/sh\n" + text + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static String codeOf(Path helper) {
        var settings = TransportSettings.defaults().withLocalHelper(helper, Map.of());
        try (var transport = new Transports(host -> new HostAddress.Local(), settings)) {
            transport.run(LocalHost.HOST, HostCommand.reading("true"));
            return "";
        } catch (Failure failure) {
            return failure.code();
        }
    }
}
