package io.berth.journal.sqlite;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** This machine, by proc(5). */
public final class LinuxMachine implements Machine {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    /** Field 22 of stat; the fields are counted after the command's name here, which is the second. */
    private static final int START_TIME = 22 - 3;

    private final String identity;

    public LinuxMachine() {
        try {
            var boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            var processes = Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
            this.identity = boot + "/" + processes;
        } catch (IOException failure) {
            throw noProc(failure);
        }
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public long uptimeMillis() {
        try {
            var seconds = Files.readString(PROC.resolve("uptime")).split(" ")[0];
            return Math.round(Double.parseDouble(seconds) * 1000);
        } catch (IOException failure) {
            throw noProc(failure);
        }
    }

    @Override
    public boolean runs(long pid, long started) {
        var fields = stat(pid);
        if (fields.isEmpty() || Long.parseLong(fields.get(START_TIME)) != started) {
            return false;
        }
        return switch (fields.get(STATE)) {
            case "Z", "X" -> hasThreads(pid);
            default -> true;
        };
    }

    /** When that process began, in clock ticks since boot; empty if there is none. */
    static OptionalLong started(long pid) {
        var fields = stat(pid);
        return fields.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields.get(START_TIME)));
    }

    /** A process whose first thread has ended shows as a zombie while the others still work. */
    private static boolean hasThreads(long pid) {
        var threads = PROC.resolve(Long.toString(pid)).resolve("task").toFile().list();
        return threads != null && threads.length > 1;
    }

    /** The fields after the command's name, which may hold blanks and parentheses itself. */
    private static List<String> stat(long pid) {
        try {
            var file = PROC.resolve(Long.toString(pid)).resolve("stat");
            // A command's name needn't be UTF-8.
            var line = Files.readString(file, StandardCharsets.ISO_8859_1);
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            // Also ESRCH in the middle of reading. /proc shows a user all processes of his own, even with hidepid, and
            // the journal is one user's.
            return List.of();
        }
    }

    private static Failure noProc(IOException cause) {
        return Failure.of(FailureKind.ENVIRONMENT, "machine.no-proc", "/proc can't be read")
                .why(String.valueOf(cause.getMessage()))
                .next("run Berth where /proc is mounted")
                .cause(cause)
                .build();
    }
}
