package io.berth.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the command lines of a file, one a line, in this one process: the JVM records an AOT cache from a single
 * process, and the cache has to hold the classes of all commands.
 */
final class AotTraining {

    private AotTraining() {}

    public static void main(String[] arguments) throws IOException {
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            for (var line : Files.readAllLines(Path.of(arguments[0]))) {
                if (!line.startsWith("#")) {
                    var words = line.isBlank() ? new String[0] : line.strip().split(" +");
                    Main.run(nowhere, nowhere, words);
                }
            }
        }
    }
}
