package io.berth.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of this machine that tests need beside the helper. */
final class Programs {
    private Programs() {}

    /** Runs it and answers its output; fails when it fails. */
    static String run(String... argv) throws IOException {
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", argv) + ": " + output);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        return output;
    }
}
