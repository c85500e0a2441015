package io.berth.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A lab of the bench's own. Used by one thread. */
final class Lab implements AutoCloseable {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String script;
    private final Path folder;
    private final LocalProgram program;

    /** @param work for outputs */
    Lab(Path root, Path folder, Path work) {
        this.script = root.resolve("lab/lab").toString();
        this.folder = folder;
        this.program = new LocalProgram(work, Map.of("BERTH_LAB", folder.toString()));
    }

    /** Makes what is missing, then starts the hosts. */
    void up(String... hosts) {
        lab(LONG, "build");
        var words = new ArrayList<>(List.of("up"));
        words.addAll(List.of(hosts));
        lab(SHORT, words.toArray(String[]::new));
    }

    Path sshConfiguration() {
        return folder.resolve("ssh_config");
    }

    void guest(String name, String host, GuestKind kind) {
        lab(LONG, "guest", name, host, "--memory", "" + kind.memory(), "--dirty", "" + kind.dirty(), "--disk");
    }

    /** What the guest says of itself after some more ticks; it must be the very same, with nothing lost. */
    String oracle(String name, String... options) {
        var words = new ArrayList<>(List.of("oracle", name));
        words.addAll(List.of(options));
        return lab(SHORT, words.toArray(String[]::new));
    }

    /** {@code lab ceph} with those words; what it printed. */
    String ceph(String... words) {
        var all = new ArrayList<>(List.of("ceph"));
        all.addAll(List.of(words));
        return lab(LONG, all.toArray(String[]::new));
    }

    /** Runs a program inside the host. */
    String in(String host, String... argv) {
        var words = new ArrayList<>(List.of("in", host));
        words.addAll(List.of(argv));
        return lab(SHORT, words.toArray(String[]::new));
    }

    /** Runs a program inside the host and takes the time there, without the way to it. */
    Span timed(String host, String... argv) {
        var words = new ArrayList<>(List.of(
                "env",
                "LC_ALL=C",
                "bash",
                "-c",
                "began=$EPOCHREALTIME; \"$@\" >&2 || exit; echo \"${began/./} ${EPOCHREALTIME/./}\"",
                "timed"));
        words.addAll(List.of(argv));
        var times = in(host, words.toArray(String[]::new)).strip().split(" ");
        return new Span(Long.parseLong(times[0]), Long.parseLong(times[1]));
    }

    /** A program that runs in the host until it is closed; its lines come as it prints them. */
    Process listening(String host, String... argv) {
        var words = new ArrayList<>(List.of(script, "in", host));
        words.addAll(List.of(argv));
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("BERTH_LAB", folder.toString());
        try {
            return builder.start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String lab(Duration atMost, String... words) {
        var argv = new ArrayList<>(List.of(script));
        argv.addAll(List.of(words));
        return program.run(atMost, argv).output();
    }

    @Override
    public void close() {
        lab(SHORT, "down");
    }
}
