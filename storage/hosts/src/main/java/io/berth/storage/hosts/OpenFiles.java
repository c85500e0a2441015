package io.berth.storage.hosts;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.storage.VolumeRef;
import java.util.List;

/** Who on a host has a file or device open. Thread-safe. */
public final class OpenFiles {
    private final DatastoreHosts hosts;
    private final Patience patience;

    public OpenFiles(DatastoreHosts hosts, Patience patience) {
        this.hosts = hosts;
        this.patience = patience;
    }

    /**
     * Waits until no process has it open: programs like udev's have any device open for a moment.
     *
     * @throws Failure {@code volume.in-use} (CONFLICT) when one goes on
     */
    public void awaitFree(VolumeRef volume, HostRef host, String path) {
        if (!patience.until(() -> holders(host, path).isEmpty())) {
            throw inUse(volume, host, path, "held by process " + String.join(", ", holders(host, path)));
        }
    }

    /** The failure when something must not be taken away because it is used. */
    public static Failure inUse(VolumeRef volume, HostRef host, String path, String why) {
        return Failure.of(FailureKind.CONFLICT, "volume.in-use", "volume " + volume + " can't be detached")
                .host(host)
                .why(path + " is " + why)
                .next("end what uses it ('fuser -v " + path + "' names it), then try again")
                .build();
    }

    private List<String> holders(HostRef host, String path) {
        // The exit code says only that processes ended or hid while find looked.
        return hosts.on(host, listing(path))
                .result()
                .output()
                .lines()
                .filter(line -> line.startsWith("/proc/"))
                .map(line -> line.split("/")[2])
                .distinct()
                .toList();
    }

    /** Open files of all processes that lead there: {@code find} is on every host, {@code fuser} isn't. */
    static HostCommand listing(String path) {
        return HostCommand.reading(
                "find",
                "/proc",
                "-mindepth",
                "3",
                "-maxdepth",
                "3",
                "-path",
                "/proc/*/fd/*",
                "-lname",
                literally(path));
    }

    /** {@code -lname} takes a pattern. */
    private static String literally(String path) {
        return path.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }
}
