package io.berth.bench.stage;

/** The guests that figures are taken with. */
public enum GuestKind {
    /** As small as a guest gets: what doesn't depend on its size is seen best. */
    IDLE(96, 0),
    DIRTY_300M(512, 300),
    DIRTY_2G(2304, 2048);

    private final int memory;
    private final int dirty;

    GuestKind(int memory, int dirty) {
        this.memory = memory;
        this.dirty = dirty;
    }

    /** MiB. */
    int memory() {
        return memory;
    }

    /** MiB that can't be compressed and aren't zero. */
    int dirty() {
        return dirty;
    }

    String guestName() {
        return "bench-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
