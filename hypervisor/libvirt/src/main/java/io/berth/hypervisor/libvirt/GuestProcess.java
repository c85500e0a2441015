package io.berth.hypervisor.libvirt;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A process that runs a guest, whatever libvirt says of it. */
record GuestProcess(long pid, UUID guest) {
    /** Reads the helper's lines {@code PID UUID}. */
    static List<GuestProcess> parse(String text) {
        var found = new ArrayList<GuestProcess>();
        for (var line : text.lines().toList()) {
            var words = line.strip().split(" ");
            if (words.length == 2) {
                try {
                    found.add(new GuestProcess(Long.parseLong(words[0]), UUID.fromString(words[1])));
                } catch (IllegalArgumentException odd) {
                    // QEMU takes any text after -uuid that looks like one; this is no guest of libvirt's.
                }
            }
        }
        return found;
    }
}
