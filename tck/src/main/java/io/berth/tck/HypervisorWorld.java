package io.berth.tck;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.HypervisorDriver;

/**
 * Two hosts of one kind with guests and devices that a hypervisor driver is tried on; no guest is on them at first. The
 * methods that make, watch and spoil things don't go through the driver.
 */
public interface HypervisorWorld extends AutoCloseable {
    HypervisorDriver driver();

    HostRef first();

    HostRef second();

    /** A call for that guest which the hosts' guards let pass. */
    Call call(VmRef vm);

    /**
     * Starts a guest on the first host and waits until it ticks. It keeps a nonce drawn at boot and a counter of ticks
     * in nothing but its memory, and at least 16 MiB that can't be compressed.
     */
    VmRef startGuest(Kind kind);

    /** What was heard of the guest last, whether it runs now or not. */
    Pulse pulse(VmRef vm);

    /** Waits for the guest's next tick, at most a minute. */
    Pulse awaitTick(VmRef vm);

    /** Whether no tick comes for as long as several take in a guest that runs. */
    boolean isSilent(VmRef vm);

    /** A fresh device behind which both hosts have the same storage; zeroes. */
    SharedDevice device(DataSize size);

    /** Puts onto the device what a save of that guest leaves that was interrupted while it wrote memory. */
    void leavePartialImage(SharedDevice device, VmRef vm);

    /** Ends every guest and removes everything that was made. */
    @Override
    void close();

    /** Whether the host keeps the guest's definition when the guest has ended. */
    enum Kind {
        PERSISTENT,
        TRANSIENT
    }

    /**
     * A guest's sign of life.
     *
     * @param nonce another one means the guest has booted anew
     * @param ticks counted since boot
     */
    record Pulse(String nonce, long ticks) {}

    /** Storage that has a device on each host. */
    interface SharedDevice {
        DataSize size();

        /** The device on that host, with everything to be seen there that was written elsewhere before. */
        DevicePath on(HostRef host);
    }
}
