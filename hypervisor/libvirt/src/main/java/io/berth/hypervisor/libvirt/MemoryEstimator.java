package io.berth.hypervisor.libvirt;

import io.berth.driver.DataSize;
import io.berth.driver.hypervisor.MemoryEstimate;

/**
 * How large a guest's image may get.
 *
 * <p>The bound holds by QEMU's format: each page once at most (the guest is paused, or the stream writer ends a live
 * pass that got too long), 8 bytes before each, video memory, devices. In fifteen measured cases the image stayed below
 * maximum memory alone. The resident size is what is needed commonly, but no bound: it counts neither huge pages nor
 * what is swapped out (129 MiB and 100 MiB resident for images of 464 MiB).
 */
final class MemoryEstimator {
    /** 8 bytes a page are 0.195 %. */
    private static final long OVERHEAD_DIVISOR = 500;

    private static final DataSize DEVICES = DataSize.ofMebibytes(16);
    private static final DataSize HEAD = DataSize.ofKibibytes(256);

    private MemoryEstimator() {}

    /** @param statistics the answer of {@code virsh dommemstat}; may be empty */
    static MemoryEstimate estimate(GuestXml guest, String statistics) {
        var extra = guest.videoMemory().plus(DEVICES).plus(HEAD);
        var bound = withOverhead(guest.memory()).plus(extra);
        var resident = Fields.of(statistics, " ").number("rss");
        if (resident.isEmpty() || guest.usesHugePages()) {
            return new MemoryEstimate(bound, bound);
        }
        var need = withOverhead(DataSize.ofKibibytes(resident.getAsLong())).plus(extra);
        return new MemoryEstimate(need.exceeds(bound) ? bound : need, bound);
    }

    private static DataSize withOverhead(DataSize memory) {
        return memory.plus(new DataSize(memory.bytes() / OVERHEAD_DIVISOR));
    }
}
