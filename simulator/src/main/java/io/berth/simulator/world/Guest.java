package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.VmRef;

/** What is true of a guest wherever it runs: its disk, and the nonce that only its memory knows. */
public final class Guest {
    private static final String AUTOSTART = ", started with its host";

    private final VmRef vm;
    private long nonce;
    private final DataSize memory;
    private final long imageLength;
    private long diskTicks;

    Guest(VmRef vm, long nonce, long diskTicks, DataSize memory, long imageLength) {
        this.vm = vm;
        this.nonce = nonce;
        this.diskTicks = diskTicks;
        this.memory = memory;
        this.imageLength = imageLength;
    }

    public VmRef vm() {
        return vm;
    }

    public long nonce() {
        return nonce;
    }

    /** How far the guest has come, as its disk tells. */
    public long diskTicks() {
        return diskTicks;
    }

    /** Starts from its disk, with nothing left of the memory it had. */
    void bootAnew(long newNonce) {
        nonce = newNonce;
    }

    void writeDisk(long ticks) {
        diskTicks = ticks;
    }

    /** Its maximum memory. */
    public DataSize memory() {
        return memory;
    }

    /** Bytes its image takes: more than what the hypervisor reports, less than its maximum memory. */
    public long imageLength() {
        return imageLength;
    }

    /** What a hypervisor believes that the image takes: less than it does. */
    public long reportedNeed() {
        return imageLength / 2;
    }

    public String definition() {
        return "definition of " + vm.uuid();
    }

    /** A definition that its host starts by itself whenever it comes up. */
    public String autostartedDefinition() {
        return definition() + AUTOSTART;
    }

    static boolean isAutostarted(String definition) {
        return definition.endsWith(AUTOSTART);
    }
}
