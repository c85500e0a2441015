package io.berth.bench.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much room the file systems of a host take while something is done, looked at twenty times a second: all that is the
 * host's own, but for the guest's disk and console, logs, and what a cluster's clients show as files, which is room of the
 * cluster's.
 */
final class HostSpace {
    /** Ends with its input. */
    private static final String LOOK = """
            look() { du -scxB1 --exclude=/srv/berth/disks --exclude=/srv/berth/console --exclude=/srv/berth/ceph \\
                --exclude='*.log' /srv/berth /srv/local /run /tmp /dev/shm /root /var/lib /var/cache /var/tmp 2>/dev/null |
                sed -n 's/\\ttotal$//p'; }
            look
            while read -r -t 0.05; [ $? -gt 128 ]; do look; done
            """;

    private final Lab lab;

    HostSpace(Lab lab) {
        this.lab = lab;
    }

    /** Bytes by which it grew at the peak. */
    long growth(String host, Runnable deed) {
        var process = lab.listening(host, "bash", "-c", LOOK);
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            var before = next(lines);
            var peak = new AtomicLong(before);
            var looking = Thread.ofPlatform()
                    .name("host-space")
                    .start(() -> lines.lines().forEach(line -> peak.accumulateAndGet(Long.parseLong(line), Math::max)));
            try {
                deed.run();
            } finally {
                process.getOutputStream().close();
                looking.join();
            }
            return peak.get() - before;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    private static long next(BufferedReader lines) throws IOException {
        var line = lines.readLine();
        if (line == null) {
            throw new IllegalStateException("nothing can be seen of the host's file systems");
        }
        return Long.parseLong(line);
    }
}
