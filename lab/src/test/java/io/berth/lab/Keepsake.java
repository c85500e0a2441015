package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A copy of a datastore's files, to be put back after they were spoiled or used. */
final class Keepsake {
    private final Path folder;
    private final Path copy;

    private Keepsake(Path folder, Path copy) {
        this.folder = folder;
        this.copy = copy;
    }

    static Keepsake of(Path folder) {
        try {
            var copy = Files.createTempDirectory(folder.resolveSibling("."), "keepsake.");
            copyAll(folder, copy);
            return new Keepsake(folder, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder holds what it held, and nothing else. */
    void putBack() {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copyAll(copy, folder);
    }

    void drop() {
        Damage.removeAll(copy);
    }

    private static void copyAll(Path from, Path to) {
        Program.run(
                        List.of("cp", "--archive", "--sparse=always", from + "/.", to.toString()),
                        Map.of(),
                        new byte[0],
                        Duration.ofMinutes(1))
                .orFail();
    }
}
