package io.berth.driver.hypervisor;

/** How memory gets onto the device. */
public enum MemoryWriter {
    /** The hypervisor's own means (libvirt: external memory snapshot); the guest stays paused. */
    SNAPSHOT,
    /** The emulator's stream, written past the cache behind a header we compose; the guest stays paused. */
    STREAM,
    /** As {@link #STREAM}, begun while the guest runs; it is paused at the end. */
    LIVE_STREAM,
    /** The hypervisor saves and ends the guest in one go (libvirt: {@code virsh save --bypass-cache}). */
    FAST;

    /** Whether the guest is there, paused, when the image is written. */
    public boolean keepsGuest() {
        return this != FAST;
    }

    /** Whether the guest must be paused before writing begins. */
    public boolean pausesFirst() {
        return this != LIVE_STREAM;
    }
}
