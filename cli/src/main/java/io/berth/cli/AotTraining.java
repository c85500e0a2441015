package io.berth.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Runs the command lines of a file, one a line, in this one process: the JVM records an AOT cache from a single
 * process, and the cache has to hold the classes of all commands.
 */
final class AotTraining {
    private static final String HOME = "HOME";

    private AotTraining() {}

    public static void main(String[] arguments) throws IOException {
        var home = Files.createTempDirectory("berth-training");
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.writeString(
                    home.resolve("berth.yaml"), "datastores: {fast: {driver: loop, folder: /srv, hosts: [h1]}}\n");
            for (var line : Files.readAllLines(Path.of(arguments[0]))) {
                if (!line.startsWith("#")) {
                    var words = line.isBlank() ? new String[0] : line.strip().split(" +");
                    for (var index = 0; index < words.length; index++) {
                        words[index] = words[index].equals(HOME) ? home.toString() : words[index];
                    }
                    Main.run(nowhere, nowhere, words);
                }
            }
        } finally {
            delete(home);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
