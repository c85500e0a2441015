package io.berth.transport.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads one output of a child to its end in a thread of its own and keeps the beginning, as far as its limit goes, and
 * always the last few thousand bytes, in which a mark may stand.
 */
final class Collector {
    private static final int TAIL = 4096;
    private static final int CHUNK = 8192;

    private final int limit;
    private final Runnable onMore;
    private final Thread reading;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte[] tail = {};

    /** @param onMore told after each piece and at the end, in the reading thread */
    Collector(InputStream stream, int limit, Runnable onMore) {
        this.limit = limit;
        this.onMore = onMore;
        this.reading = PipeThread.unstarted("berth-script-output", () -> read(stream));
    }

    void start() {
        reading.start();
    }

    private void read(InputStream stream) {
        var buffer = new byte[CHUNK];
        try (stream) {
            for (var count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(buffer, count);
                onMore.run();
            }
        } catch (IOException closed) {
            // The child was ended; what came counts.
        }
        onMore.run();
    }

    private synchronized void add(byte[] buffer, int count) {
        kept.write(buffer, 0, Math.min(count, limit - kept.size()));
        var longer = Arrays.copyOf(tail, tail.length + count);
        System.arraycopy(buffer, 0, longer, tail.length, count);
        tail = Arrays.copyOfRange(longer, Math.max(0, longer.length - TAIL), longer.length);
    }

    /** Waits for the stream's end, which a process in the background may put off for ever. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        reading.join(atMost);
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** The last bytes, whether they were kept or not. */
    synchronized String tail() {
        return new String(tail, StandardCharsets.UTF_8);
    }
}
