package io.berth.bench.opennebula;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/**
 * Berth's transfer manager as a process, on a site of its own whose one driver has one script that does nothing. Used by
 * one thread.
 */
final class TransferManager implements AutoCloseable {
    private static final long TO_END = 20;

    private final Path site;
    private final Process process;
    private final Writer input;
    private final BufferedReader output;
    private final double start;

    private TransferManager(Path site, Process process, long began) throws IOException {
        this.site = site;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        say("INIT");
        hear("INIT SUCCESS");
        this.start = (System.nanoTime() - began) / 1e9;
    }

    /**
     * Starts one and says hello.
     *
     * @param root of the source tree, built
     * @param site an empty folder
     */
    static TransferManager start(Path root, Path site) {
        try {
            var script = script(site);
            Files.createDirectories(script.getParent());
            Files.writeString(script, "#!/bin/sh\nexit 0\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            var builder = new ProcessBuilder(root.resolve("bin/berth").toString(), "mad", "tm", "-t 15 -d idle")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("ONE_LOCATION", site.toString());
            var began = System.nanoTime();
            return new TransferManager(site, builder.start(), began);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path script(Path site) {
        return site.resolve("var/remotes/tm/idle/idle");
    }

    Path script() {
        return script(site);
    }

    /** From before its start to its hello, in seconds. */
    double startSeconds() {
        return start;
    }

    /** The seconds that a file of these commands takes. */
    double transfer(String commands) {
        try {
            var file = site.resolve("transfer.0.prolog");
            Files.writeString(file, commands);
            var began = System.nanoTime();
            say("TRANSFER  5 " + file);
            hear("TRANSFER SUCCESS 5");
            return (System.nanoTime() - began) / 1e9;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What of it is in memory, in MiB. */
    double residentMib() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    private void hear(String beginning) throws IOException {
        var line = output.readLine();
        if (line == null || !line.startsWith(beginning)) {
            throw new IllegalStateException("the transfer manager said " + line);
        }
    }

    @Override
    public void close() {
        try {
            say("FINALIZE");
            if (!process.waitFor(TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
