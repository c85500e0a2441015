package io.berth.transport.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a program of this machine writes, for a script to read while it is written. The script sees the end of one that failed
 * as that of one that succeeded: what it made of it is worth something only if there is a {@link #digest}. For one run; asked
 * about it once that has ended.
 */
public final class ProgramOutput implements ScriptInput {
    private static final int CHUNK = 1 << 18;
    private static final int MOST_COMPLAINT = 1 << 14;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final List<String> argv;
    private volatile Optional<String> digest = Optional.empty();
    private volatile String complaint = "";

    /** @param argv the program, found through {@code PATH}, and its arguments */
    public ProgramOutput(List<String> argv) {
        this.argv = List.copyOf(argv);
    }

    /** SHA-256 of all that it wrote, in hexadecimal; empty unless it succeeded and the script's side took everything. */
    public Optional<String> digest() {
        return digest;
    }

    /** Its error output. */
    public String complaint() {
        return complaint;
    }

    @Override
    public void writeTo(OutputStream script) throws IOException {
        var process = start();
        var complaints = new Collector(process.getErrorStream(), MOST_COMPLAINT, () -> {});
        complaints.start();
        try (var output = process.getInputStream()) {
            var sum = pass(output, script);
            if (process.waitFor() == 0) {
                digest = Optional.of(sum);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            if (process.isAlive()) { // what one has said that ended would be lost
                process.destroy(); // one whose words nobody takes any more would wait for ever
            }
            complaint = heard(complaints);
        }
    }

    private Process start() throws IOException {
        try {
            var process = new ProcessBuilder(argv).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException notStarted) {
            complaint = String.valueOf(notStarted.getMessage());
            throw notStarted;
        }
    }

    /** @return the digest of what was passed */
    private static String pass(InputStream output, OutputStream script) throws IOException {
        var sum = sha256();
        var chunk = new byte[CHUNK];
        for (var count = output.read(chunk); count >= 0; count = output.read(chunk)) {
            sum.update(chunk, 0, count);
            script.write(chunk, 0, count);
        }
        script.flush();
        return HexFormat.of().formatHex(sum.digest());
    }

    private static String heard(Collector complaints) {
        try {
            complaints.awaitEnd(LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return complaints.text();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
