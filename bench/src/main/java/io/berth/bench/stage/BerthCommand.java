package io.berth.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bin/berth}, as somebody would type it. Used by one thread. */
public final class BerthCommand {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final LocalProgram program;
    private final String script;
    private final Path home;

    BerthCommand(Path root, Path work, Path home) {
        this.program = new LocalProgram(work, Map.of());
        this.script = root.resolve("bin/berth").toString();
        this.home = home;
    }

    /**
     * One command, from its start to its end, in seconds.
     *
     * @param commands when any command ran on a host
     * @param connecting when any connection to a host was being made; no part of {@code commands}
     */
    public record Done(double seconds, double commands, double connecting) {
        /** All but the commands. */
        public double own() {
            return seconds - commands;
        }
    }

    /** @throws IllegalStateException when it fails */
    public Done run(String... arguments) {
        var logged = log().size();
        var argv = new ArrayList<>(List.of(script, "--home", home.toString()));
        argv.addAll(List.of(arguments));
        var seconds = program.run(LONGEST, argv).seconds();
        var lines = log().stream().skip(logged).toList();
        return new Done(seconds, Span.covered(CommandLog.commands(lines)), Span.covered(CommandLog.connections(lines)));
    }

    private List<String> log() {
        var file = home.resolve("log/berth.log");
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
