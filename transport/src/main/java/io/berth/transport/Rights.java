package io.berth.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether this process may do everything, or has to ask sudo. */
final class Rights {
    private Rights() {}

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The command, through sudo when need be. */
    static List<String> asRoot(List<String> argv) {
        return isRoot()
                ? argv
                : Stream.concat(Stream.of("sudo", "-n"), argv.stream()).toList();
    }
}
