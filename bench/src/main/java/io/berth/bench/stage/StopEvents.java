package io.berth.bench.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The moments at which a guest was stopped, by QEMU's own clock reading. */
public final class StopEvents implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile(".*\\bSTOP at (\\d+)\\.(\\d{6}) .*");
    private static final long PATIENCE_SECONDS = 20;

    private final Process listener;
    private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();

    StopEvents(Process listener) {
        this.listener = listener;
        Thread.ofPlatform().daemon().name("stop-events").start(this::listen);
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(listener.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    heard.add(Long.parseLong(matcher.group(1) + matcher.group(2)));
                }
            }
        } catch (IOException ended) {
            // The bench closed it; whoever still waits for an event runs out of patience.
            return;
        }
    }

    /**
     * The first one at or after a moment. Earlier ones are forgotten.
     *
     * @param from microseconds since the epoch
     * @throws IllegalStateException when there is none within 20 s
     */
    public long firstSince(long from) {
        try {
            while (true) {
                var at = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (at == null) {
                    throw new IllegalStateException("no STOP of QEMU was heard");
                }
                if (at >= from) {
                    return at;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    @Override
    public void close() {
        listener.descendants().forEach(ProcessHandle::destroy);
        listener.destroy();
    }
}
