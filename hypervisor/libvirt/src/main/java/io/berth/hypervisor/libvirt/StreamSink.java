package io.berth.hypervisor.libvirt;

/** Who puts the stream onto the device. */
public enum StreamSink {
    /** The host helper itself, with direct I/O where the device takes it. */
    DIRECT,

    /** {@code dd}, for devices on which the helper's own way doesn't work. Slower. */
    DD
}
