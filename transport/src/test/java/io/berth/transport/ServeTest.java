package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.host.HostCommand;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The helper against bytes that no front-end of ours would send. */
@Timeout(60)
final class ServeTest {
    @TempDir
    Path state;

    private Process serve;

    @BeforeEach
    void start() throws Exception {
        serve = startServe();
        assertThat(FrameCodec.read(serve.getInputStream()).type()).isEqualTo(FrameType.HELLO);
    }

    @AfterEach
    void stop() {
        serve.destroyForcibly();
    }

    private Process startServe() throws IOException {
        var builder = new ProcessBuilder(HelperBinary.path().toString(), "serve");
        builder.environment().put("BERTH_STATE", state.toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Test
    void theHelloTellsWhoSpeaks() throws Exception {
        var fresh = startServe();
        var hello = new String(FrameCodec.read(fresh.getInputStream()).payload(), StandardCharsets.UTF_8);
        fresh.getOutputStream().close();
        var version = HelperVersion.parse(hello).orElseThrow();
        assertThat(version.fits()).isTrue();
        assertThat(version.boot()).hasSize(36);
        assertThat(fresh.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(fresh.exitValue()).isZero();
    }

    @Test
    void aFrameThatIsTooLongOrTooShortEndsTheConversation() throws Exception {
        for (var length : new int[] {0, 4, -1, FrameCodec.REQUEST_LIMIT + 1, Integer.MAX_VALUE}) {
            var fresh = startServe();
            FrameCodec.read(fresh.getInputStream());
            fresh.getOutputStream().write(littleEndian(length));
            fresh.getOutputStream().flush();
            assertThat(fresh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(fresh.exitValue()).isZero();
        }
    }

    @Test
    void unknownTypesBadSignalsAndAnIdInUseEndTheConversation() throws Exception {
        var sleep = StartRequest.payload(LocalHost.HOST, HostCommand.reading("sleep", "60"));
        for (var bad : new Frame[] {
            new Frame(FrameType.HELLO, 0, new byte[0]),
            new Frame(FrameType.SIGNAL, 1, new byte[] {19}),
            new Frame(FrameType.SIGNAL, 1, new byte[0]),
            new Frame(FrameType.START, 1, sleep)
        }) {
            var fresh = startServe();
            FrameCodec.read(fresh.getInputStream());
            FrameCodec.write(fresh.getOutputStream(), new Frame(FrameType.START, 1, sleep));
            FrameCodec.write(fresh.getOutputStream(), bad);
            assertThat(fresh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(fresh.exitValue()).isZero();
        }
    }

    @Test
    void aStartThatMakesNoSenseIsRefusedAndTheConversationGoesOn() throws Exception {
        var good = StartRequest.payload(
                LocalHost.HOST, HostCommand.changing(LocalHost.call(LocalHost.newVm(), 1, "operation1"), "true"));
        for (var length = 0; length < good.length; length++) {
            assertRefused(Arrays.copyOf(good, length));
        }
        assertRefused(Arrays.copyOf(good, good.length + 1));
        assertRefused(changed(good, 0, (byte) 0xff));
        assertRefused(changed(good, 2, (byte) '/'));
        assertRefused(changed(good, 2, (byte) 'G'));
        assertThat(ask(good).type()).isEqualTo(FrameType.EXIT);
    }

    @Test
    void aNameWithAPathInItNeverReachesTheGuardsFolder() throws Exception {
        for (var uuid : new String[] {"../../../../etc/passwd", "", "0".repeat(36), "a".repeat(255)}) {
            var name = uuid.getBytes(StandardCharsets.US_ASCII);
            var payload = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
            payload.put((byte) 1).put((byte) name.length).put(name).putLong(1);
            payload.put((byte) 10).put("operation1".getBytes(StandardCharsets.US_ASCII));
            payload.putShort((short) 1)
                    .putInt(4)
                    .put("true".getBytes(StandardCharsets.US_ASCII))
                    .putInt(0);
            assertRefused(Arrays.copyOf(payload.array(), payload.position()));
        }
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void noNoiseOfAnyKindMakesItCrash() throws Exception {
        var random = new Random(7);
        var good = StartRequest.payload(LocalHost.HOST, HostCommand.reading("berth-host", "version"));
        for (var round = 0; round < 2000; round++) {
            var noisy = good.clone();
            for (var flips = 1 + random.nextInt(4); flips > 0; flips--) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            }
            assertThat(ask(noisy).type()).isIn(FrameType.REFUSED, FrameType.EXIT);
        }
        for (var round = 0; round < 50; round++) {
            var fresh = startServe();
            var noise = new byte[random.nextInt(4000)];
            random.nextBytes(noise);
            try (var requests = fresh.getOutputStream()) {
                requests.write(noise);
            } catch (IOException hungUp) {
                // It may well have ended the conversation by now.
            }
            assertThat(fresh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(fresh.exitValue()).isZero();
        }
    }

    @Test
    void framesThatComeByteByByteArePutTogether() throws Exception {
        var payload = StartRequest.payload(LocalHost.HOST, HostCommand.reading("echo", "hello"));
        var whole = new ByteArrayOutputStream();
        FrameCodec.write(whole, new Frame(FrameType.START, 1, payload));
        FrameCodec.write(whole, new Frame(FrameType.START, 2, payload));
        for (var each : whole.toByteArray()) {
            serve.getOutputStream().write(each);
            serve.getOutputStream().flush();
        }
        var ended = 0;
        while (ended < 2) {
            ended += FrameCodec.read(serve.getInputStream()).type() == FrameType.EXIT ? 1 : 0;
        }
    }

    private void assertRefused(byte[] payload) throws IOException {
        var answer = ask(payload);
        assertThat(answer.type()).isEqualTo(FrameType.REFUSED);
        assertThat(new String(answer.payload(), StandardCharsets.UTF_8)).startsWith("bad-request: ");
    }

    private int lastId;

    /** The last frame of the answer to a START with that payload. */
    private Frame ask(byte[] payload) throws IOException {
        var id = ++lastId;
        FrameCodec.write(serve.getOutputStream(), new Frame(FrameType.START, id, payload));
        while (true) {
            var frame = FrameCodec.read(serve.getInputStream());
            assertThat(frame.id()).isEqualTo(id);
            switch (frame.type()) {
                case EXIT, REFUSED, LOST -> {
                    return frame;
                }
                case STDOUT, STDERR -> {}
                case HELLO, START, SIGNAL -> throw new EOFException("unexpected " + frame.type());
            }
        }
    }

    private static byte[] changed(byte[] bytes, int index, byte value) {
        var copy = bytes.clone();
        copy[index] = value;
        return copy;
    }

    private static byte[] littleEndian(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
