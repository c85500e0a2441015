package io.berth.storage.ceph;

import io.berth.driver.DevicePath;
import io.berth.storage.hosts.LoopDevice;
import java.util.List;
import java.util.Optional;

/**
 * What a host has of one image's export, at one look.
 *
 * @param daemons processes that show the image, as numbers
 * @param mounted whether something is mounted where it is shown; a dead daemon's mount stays
 * @param loops devices over the file, and one whose file the kernel lost with the mount
 */
record ExportTraces(List<String> daemons, boolean mounted, List<LoopDevice> loops) {
    ExportTraces {
        daemons = List.copyOf(daemons);
        loops = List.copyOf(loops);
    }

    boolean isEmpty() {
        return daemons.isEmpty() && !mounted && loops.isEmpty();
    }

    /** The image can be read and written as a file. */
    boolean isShown() {
        return !daemons.isEmpty() && mounted;
    }

    /** The device over the file, if both are there. */
    Optional<DevicePath> device(String file) {
        return loops.stream()
                .filter(loop -> isShown() && loop.file().equals(file) && !loop.deleted())
                .map(LoopDevice::path)
                .findFirst();
    }
}
