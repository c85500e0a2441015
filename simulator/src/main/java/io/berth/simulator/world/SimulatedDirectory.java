package io.berth.simulator.world;

import io.berth.driver.VmRef;

/** A VM's directory: the disk in it, and whether all of that is on the medium. */
public final class SimulatedDirectory {
    private static final long UNWRITTEN = -1;

    private final VmRef vm;
    private long ticks;
    private boolean durable;

    SimulatedDirectory(VmRef vm, long ticks, boolean durable) {
        this.vm = vm;
        this.ticks = ticks;
        this.durable = durable;
    }

    /** What is copied of it to another host now: not on the medium there yet. */
    public SimulatedDirectory copy() {
        return new SimulatedDirectory(vm, ticks, false);
    }

    /** The same without what is on the disk. */
    public SimulatedDirectory hollow() {
        return new SimulatedDirectory(vm, UNWRITTEN, false);
    }

    /** What is on the other's disk, of which nothing is on the medium yet. */
    void mirror(SimulatedDirectory other) {
        ticks = other.ticks;
        durable = false;
    }

    public void flush() {
        durable = true;
    }

    /** What was written of it last may not be on the medium after all. */
    public void doubt() {
        durable = false;
    }

    /** As the guest writes: it flushes its disk, and what others wrote to that goes along. */
    void write(long count) {
        ticks = count;
        durable = true;
    }

    long ticks() {
        return ticks;
    }

    /** Whether the guest could go on from it, also after a loss of power. */
    public boolean isDiskOf(Guest guest) {
        return durable && vm.equals(guest.vm()) && ticks == guest.diskTicks();
    }

    /** Whose disk it is, or what is left of it. */
    public VmRef vm() {
        return vm;
    }

    void losePower(boolean unlucky) {
        if (!durable && unlucky) {
            ticks = UNWRITTEN;
        }
        durable = true;
    }
}
