package io.berth.journal.sqlite;

import io.berth.core.journal.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the {@link Owner} that stands for this process. */
public final class ProcessOwner {
    private ProcessOwner() {}

    /** A new owner, living as long as this process; each call gives another name. */
    public static Owner current() {
        return current(new LinuxMachine());
    }

    static Owner current(Machine machine) {
        var pid = ProcessHandle.current().pid();
        var started = LinuxMachine.started(pid)
                .orElseThrow(() -> new IllegalStateException("this process isn't in /proc: " + pid));
        // Only to be told apart from others of this pid: nothing rests on its being hard to guess.
        var random = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        return new Owner(hostName() + "-" + pid + "-" + random, machine.identity(), pid, started);
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unreadable) {
            return "localhost";
        }
    }
}
