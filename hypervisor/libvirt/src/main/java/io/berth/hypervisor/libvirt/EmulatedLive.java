package io.berth.hypervisor.libvirt;

/** What the live stream does with a guest that is emulated without hardware virtualisation. */
public enum EmulatedLive {
    /** It pauses the guest before it begins. */
    PAUSE,

    /**
     * It begins while the guest runs. Unsafe: QEMU's emulation was seen to miss pages that the guest wrote meanwhile, so
     * the image may be damaged. For measurements.
     */
    LIVE
}
