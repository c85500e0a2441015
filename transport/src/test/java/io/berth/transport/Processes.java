package io.berth.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes on this machine, as the kernel tells of them. */
final class Processes {
    private Processes() {}

    /** Whether it runs; a zombie, which only waits to be forgotten, doesn't. */
    static boolean runs(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }
}
