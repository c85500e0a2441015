package io.berth.opennebula.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the core and a stock driver said to each other, one request after the other. */
public record Recording(String name, List<Exchange> exchanges) {
    private static final Path FOLDER =
            Path.of(System.getProperty("berth.root"), "opennebula/src/test/resources/recordings");

    /** A request and every line that answers it, the reply last; two recordings end before the answer. */
    public record Exchange(String request, List<String> answers) {
        boolean wasAnswered() {
            return !answers.isEmpty();
        }

        String reply() {
            return answers.getLast();
        }
    }

    /** All of one driver's: {@code vmm-qemu}, {@code vmm-dummy}, {@code tm}. */
    public static Stream<Recording> ofDriver(String driver) throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .filter(file -> file.getFileName().toString().endsWith("." + driver + ".log"))
                    .sorted()
                    .map(Recording::read)
                    .toList()
                    .stream();
        }
    }

    private static Recording read(Path file) {
        try {
            var exchanges = new ArrayList<Exchange>();
            for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                var parts = line.split(" ", 3);
                switch (parts[1]) {
                    case ">" -> exchanges.add(new Exchange(parts[2], new ArrayList<>()));
                    case "<" -> exchanges.getLast().answers().add(parts[2]);
                    default -> throw new IllegalStateException(file + ": " + line);
                }
            }
            return new Recording(file.getFileName().toString().replace(".log", ""), exchanges);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
