package io.berth.transport.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.driver.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScriptMachineTest {
    private static final String NASTY = "a'b \"$(touch x)\" `id` \\ ; & | * ~ !\nnext line\tä€";

    @TempDir
    Path folder;

    private StubSsh ssh;
    private String echo;

    @BeforeEach
    void writeScripts() throws IOException {
        ssh = new StubSsh(folder);
        echo = ssh.script("echo", "printf '%s|' \"$@\"; cat; printf 'told' >&2; exit 3\n");
    }

    /** dash reads ahead from a pipe: what follows the line would be gone. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "dash"})
    void aScriptOnAHostGetsItsArgumentsAndItsInputUntouchedByAnyShell(String shell) throws IOException {
        var call = ScriptCall.of(echo, List.of(NASTY, "", "-n"), "first\nEOT\nexit 9\n" + NASTY);

        var result = host(ssh.way(shell)).run(call, Cancellation.never());

        assertThat(result)
                .isEqualTo(new ScriptResult(
                        new ScriptEnding.Exited(3), NASTY + "||-n|first\nEOT\nexit 9\n" + NASTY, "told"));
        assertThat(folder.resolve("ssh.calls")).content().isEqualTo("node1 " + shell + " -s\n");
    }

    @Test
    void aScriptHereGetsTheSame() {
        var result = here().run(ScriptCall.of(echo, List.of(NASTY.replace("ä€", ""), ""), NASTY), Cancellation.never());

        assertThat(result.ending()).isEqualTo(new ScriptEnding.Exited(3));
        assertThat(result.output()).isEqualTo(NASTY.replace("ä€", "") + "||" + NASTY);
        assertThat(result.complaint()).isEqualTo("told");
    }

    /** {@code Process.onExit} comes through it. */
    @Test
    void theEndOfAScriptIsSeenThoughThePoolThatAJvmSharesIsBusy() throws IOException {
        var mute = ssh.script("mute", "exec >&- 2>&-; sleep 0.3; exit 3\n");
        var release = new CountDownLatch(1);
        for (var i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(() -> waitFor(release));
        }
        try {
            var result = here().run(ScriptCall.of(mute, List.of(), ""), Cancellation.never());

            assertThat(result.ending()).isEqualTo(new ScriptEnding.Exited(3));
        } finally {
            release.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void inputThatAScriptDoesNotReadIsNeverRunAsACommand() throws IOException {
        var silent = ssh.script("silent", "exit 0\n");
        var planted = folder.resolve("planted");

        var result = host(ssh.way("bash"))
                .run(ScriptCall.of(silent, List.of(), "touch " + planted + "\n"), Cancellation.never());

        assertThat(result.succeeded()).isTrue();
        assertThat(planted).doesNotExist();
    }

    @Test
    void moreInputThanAPipeHoldsArrivesWhole() throws IOException {
        var count = ssh.script("count", "wc -c\n");
        var input = "x".repeat(3_000_000);

        assertThat(host(ssh.way("bash"))
                        .run(ScriptCall.of(count, List.of(), input), Cancellation.never())
                        .output())
                .isEqualTo("3000000\n");
    }

    @Test
    void aMissingScriptIsToldFromOneThatFails() throws IOException {
        var missing = ScriptCall.of(folder + "/nowhere", List.of(), "");

        assertThat(host(ssh.way("bash")).run(missing, Cancellation.never()).ending())
                .isEqualTo(new ScriptEnding.Missing());
        assertThat(here().run(missing, Cancellation.never()).ending()).isEqualTo(new ScriptEnding.Missing());
    }

    @Test
    void aHostThatCanNotBeReachedIsToldFromAConnectionThatBreaks() throws IOException {
        var waits = ssh.script("waits", "touch " + folder + "/reached; exec sleep 3\n");

        var unreachable = host(ssh.unreachable()).run(ScriptCall.of(echo, List.of(), ""), Cancellation.never());
        var broken = host(ssh.breaking()).run(ScriptCall.of(waits, List.of(), ""), Cancellation.never());

        assertThat(unreachable)
                .isEqualTo(new ScriptResult(new ScriptEnding.NotReached(255), "", "ssh: no route to host\n"));
        assertThat(broken.ending()).isEqualTo(new ScriptEnding.ConnectionLost(255));
    }

    @Test
    void aScriptIsDoneWhenItHasEndedThoughItLeavesAProcessThatHoldsItsOutputs() throws IOException {
        var leaves = ssh.script("leaves", "sleep 600 & echo $! >" + folder + "/left; echo done\n");

        var there = host(ssh.way("bash")).run(ScriptCall.of(leaves, List.of(), ""), Cancellation.never());
        endLeft();
        var here = here().run(ScriptCall.of(leaves, List.of(), ""), Cancellation.never());
        endLeft();

        assertThat(List.of(there, here))
                .allSatisfy(it -> assertThat(it).isEqualTo(new ScriptResult(new ScriptEnding.Exited(0), "done\n", "")));
    }

    @Test
    void whatAScriptWritesBeyondTheLimitIsDroppedAndItsEndStillNoticed() throws IOException {
        var chatter = ssh.script("chatter", "head -c 3000000 /dev/zero | tr '\\0' x; exit 4\n");
        var limits = new ScriptLimits(Optional.empty(), 1000);

        var there = new OtherMachine("node1", ssh.way("bash"), limits)
                .run(ScriptCall.of(chatter, List.of(), ""), Cancellation.never());

        assertThat(there.ending()).isEqualTo(new ScriptEnding.Exited(4));
        assertThat(there.output()).hasSizeBetween(900, 1000).matches("x+");
    }

    @Test
    void aScriptThatNeverEndsIsEndedAfterItsTimeHereAndOnTheHost() throws IOException {
        var stuck = ssh.script("stuck", "echo $$ >>" + folder + "/pids; exec sleep 600\n");
        var limits = ScriptLimits.longest(Duration.ofMillis(700));

        var here = new ThisMachine(limits).run(ScriptCall.of(stuck, List.of(), ""), Cancellation.never());
        var there = new OtherMachine("node1", ssh.way("bash"), limits)
                .run(ScriptCall.of(stuck, List.of(), ""), Cancellation.never());

        assertThat(List.of(here, there))
                .extracting(ScriptResult::ending)
                .containsOnly(new ScriptEnding.TimedOut(Duration.ofMillis(700)));
        await().untilAsserted(() -> assertThat(Files.readAllLines(folder.resolve("pids")))
                .allSatisfy(
                        pid -> assertThat(ProcessHandle.of(Long.parseLong(pid))).isEmpty()));
    }

    @Test
    void aScriptOnAHostEndsThereWhenSomebodyAsksToStop() throws Exception {
        var stuck = ssh.script("stuck", "echo $$ >" + folder + "/pid; exec sleep 600\n");
        var stop = new Cancellation();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var way = ssh.way("bash");
            var running = threads.submit(() -> host(way).run(ScriptCall.of(stuck, List.of(), ""), stop));
            await().until(() -> Files.exists(folder.resolve("pid")) && Files.size(folder.resolve("pid")) > 0);
            stop.request();

            assertThat(running.get().ending()).isEqualTo(new ScriptEnding.Stopped());
        }
        var pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        await().untilAsserted(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
    }

    @Test
    void outputCanGoToAFileWithAnyName() throws IOException {
        var file = folder.resolve("a 'file'").toString();
        var call = new ScriptCall("/bin/cat", List.of("-"), ScriptInput.text("text"), Optional.of(file));

        host(ssh.way("bash")).run(call, Cancellation.never());
        assertThat(Path.of(file)).content().isEqualTo("text");
        here().run(
                        new ScriptCall("/bin/cat", List.of("-"), ScriptInput.text("other"), Optional.of(file)),
                        Cancellation.never());
        assertThat(Path.of(file)).content().isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-oProxyCommand=touch x", "a b", "a;b", "$(id)", "a\nb"})
    void whatIsNoHostsNameIsRefused(String name) {
        assertThatThrownBy(() -> new OtherMachine(name, SshWay.usual("bash"), ScriptLimits.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anSshThatIsNotThereIsTold() {
        var way = new SshWay(folder + "/no-ssh", List.of(), "bash");

        assertThat(host(way)
                        .run(ScriptCall.of(echo, List.of(), ""), Cancellation.never())
                        .ending())
                .isInstanceOf(ScriptEnding.NotStarted.class);
    }

    private void endLeft() throws IOException {
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("left")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private static ScriptMachine here() {
        return new ThisMachine(ScriptLimits.none());
    }

    private static ScriptMachine host(SshWay way) {
        return new OtherMachine("node1", way, ScriptLimits.none());
    }
}
