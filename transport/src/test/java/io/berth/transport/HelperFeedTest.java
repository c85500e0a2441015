package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code device-feed}: a program reads a device through a FIFO. On a file in the device's place. */
@Timeout(60)
final class HelperFeedTest {
    /** More than the FIFO holds, no multiple of anything. */
    private static final int LENGTH = (20 << 20) + 4097;

    @TempDir
    Path folder;

    private final Call call = LocalHost.call(LocalHost.newVm(), 1, "operation1");
    private LocalHost host;
    private Path device;
    private Path fifo;
    private Path copy;

    @BeforeEach
    void open() throws IOException {
        host = new LocalHost(folder.resolve("state"));
        device = folder.resolve("device");
        fifo = folder.resolve("fifos/one");
        copy = folder.resolve("copy");
        var content = new byte[LENGTH + 100_000];
        new Random(4).nextBytes(content);
        Files.write(device, content);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theProgramGetsExactlyTheBeginningAndItsOwnInput() throws IOException {
        var result = host.run(feed(call, LENGTH, "sh", "-c", "cat; cat \"$1\" > \"$2\"; echo done; exit 3")
                .withStdin("input ".getBytes(StandardCharsets.UTF_8)));

        assertThat(result.output()).isEqualTo("input done\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertCopied();
        assertNothingLeft();
    }

    @Test
    void whoeverOpensItAgainGetsItFromTheBeginning() throws IOException {
        var result = run(LENGTH, "head -c 20 \"$1\" > /dev/null; head -c 30 \"$1\" > /dev/null; cat \"$1\" > \"$2\"");

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertCopied();
        assertNothingLeft();
    }

    /** Who writes has had no time to notice that the one before had gone. */
    @Test
    void whoeverOpensItAgainAtOnceGetsItFromTheBeginning() throws IOException {
        var result = run(LENGTH, """
                exec 3< "$1"; head -c 20 <&3 > /dev/null
                writer=$(pgrep -P $PPID -x berth-host); kill -STOP $writer
                exec 3<&-; exec 4<> "$1"
                kill -CONT $writer; head -c %d <&4 > "$2"
                """.formatted(LENGTH));

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertCopied();
        assertNothingLeft();
    }

    @Test
    void whoeverOpensItAgainGetsEvenWhatHadRoomInThePipeFromTheBeginning() throws IOException {
        var result = run(4097, "head -c 20 \"$1\" > /dev/null; cat \"$1\" > \"$2\"");

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertCopied(4097);
        assertNothingLeft();
    }

    @Test
    void aDeviceThatEndsEarlyFailsThoughTheProgramNoticedNothing() {
        var result = run(10L * LENGTH, "cat \"$1\" > /dev/null");

        assertThat(result.exitCode()).isEqualTo(21);
        assertThat(result.errorOutput()).startsWith("short: ");
        assertNothingLeft();
    }

    @Test
    void aProgramThatComesTooLateFindsNothingInsteadOfWaitingForEver() {
        var result = run(10L * LENGTH, "cat \"$1\" > /dev/null; cat \"$1\" 2>/dev/null || echo gone");

        // It is let in and finds the end at once when it came just before the FIFO went.
        assertThat(result.output()).isIn("gone\n", "");
    }

    @Test
    void aProgramThatReadsNothingOrStopsEndsIt() {
        assertThat(run(LENGTH, "exit 7").exitCode()).isEqualTo(7);
        assertThat(run(LENGTH, "head -c 10 \"$1\" > /dev/null; exit 8").exitCode())
                .isEqualTo(8);
        assertThat(host.run(HostCommand.changing(
                                call,
                                "berth-host",
                                "device-feed",
                                device.toString(),
                                "1",
                                fifo.toString(),
                                "--",
                                "/no"))
                        .exitCode())
                .isEqualTo(127);
        assertNothingLeft();
    }

    @Test
    void whatAKilledOneLeftIsReplacedAndWhoWaitsForItIsLetGo() throws Exception {
        Files.createDirectories(fifo.getParent());
        Programs.run("mkfifo", fifo.toString());
        var waiting = new ProcessBuilder("cat", fifo.toString()).start();

        assertThat(run(LENGTH, "cat \"$1\" > \"$2\"").succeeded()).isTrue();

        assertThat(waiting.waitFor()).isZero();
        assertCopied();
        assertNothingLeft();
    }

    /** Killed while it gave the next who opens a FIFO of his own: the one that was made for him has no name yet. */
    @Test
    void aReaderThatIsKilledLeavesNoFifoThatWasToBecomeTheNext() {
        var result = run(LENGTH, """
                mkfifo "$1.next"
                kill -KILL $(pgrep -P $PPID -x berth-host)
                exit 7
                """);

        assertThat(result.succeeded()).isFalse();
        assertNothingLeft();
    }

    @Test
    void anythingElseInItsPlaceIsLeftAlone() throws IOException {
        Files.createDirectories(fifo.getParent());
        Files.writeString(fifo, "mine");

        assertThat(run(LENGTH, "true").exitCode()).isEqualTo(17);

        assertThat(fifo).hasContent("mine");
    }

    @Test
    void cancelledItLeavesNeitherProcessesNorTheFifo() throws IOException {
        var cancellation = new Cancellation();
        var pids = folder.resolve("pids");
        Thread.startVirtualThread(() -> {
            Wait.until(() -> Files.exists(pids) && Files.size(pids) > 0);
            cancellation.request();
        });
        var began = Instant.now();

        var failure = catchThrowableOfType(
                Failure.class,
                () -> host.run(feed(
                        call.with(cancellation),
                        LENGTH,
                        "sh",
                        "-c",
                        "exec 3< \"$1\"; echo $$ > \"$2.new\"; mv \"$2.new\" " + pids + "; exec sleep 50")));

        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(Processes.runs(Long.parseLong(Files.readString(pids).strip())))
                .isFalse();
        assertNothingLeft();
    }

    private CommandResult run(long length, String script) {
        return host.run(feed(call, length, "sh", "-c", script));
    }

    /** The program gets the FIFO and the place for a copy as its arguments. */
    private HostCommand feed(Call with, long length, String... program) {
        var argv = new ArrayList<>(
                List.of("berth-host", "device-feed", device.toString(), Long.toString(length), fifo.toString(), "--"));
        argv.addAll(List.of(program));
        argv.addAll(List.of("program", fifo.toString(), copy.toString()));
        return HostCommand.changing(with, argv.toArray(String[]::new));
    }

    private void assertCopied() throws IOException {
        assertCopied(LENGTH);
    }

    private void assertCopied(int length) throws IOException {
        assertThat(Files.readAllBytes(copy)).isEqualTo(Arrays.copyOf(Files.readAllBytes(device), length));
    }

    private void assertNothingLeft() {
        assertThat(fifo.getParent()).isEmptyDirectory();
    }
}
