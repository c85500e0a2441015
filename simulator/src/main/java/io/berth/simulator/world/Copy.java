package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.VolumeRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A guest's memory on a host: lost when that host loses power. */
public final class Copy {
    private final Guest guest;
    private final String definition;
    private long nonce;
    private @Nullable VolumeRef origin;
    private @Nullable OperationId maker;
    private boolean whole;
    private boolean byHand;
    private boolean arriving;
    private long ticks;
    private GuestState state;
    private boolean hasRun;
    private @Nullable SimulatedDirectory disk;

    Copy(Guest guest, String definition, long nonce, long ticks, boolean whole) {
        this.guest = guest;
        this.definition = definition;
        this.nonce = nonce;
        this.ticks = ticks;
        this.whole = whole;
        this.state = GuestState.PAUSED;
    }

    /** One that is to come from another host: none of its memory is there yet. */
    static Copy arriving(Guest guest, String definition, OperationId by) {
        var copy = new Copy(guest, definition, 0, 0, false);
        copy.maker = by;
        copy.arriving = true;
        copy.busy();
        return copy;
    }

    /** One that is made of an image, whatever that says. */
    static Copy restored(Guest guest, Image image, VolumeRef from, OperationId by) {
        var copy = new Copy(guest, image.definition(), image.nonce(), image.ticks(), image.whole());
        copy.origin = from;
        copy.maker = by;
        return copy;
    }

    /** One that somebody has started, paused, beside what there is of the guest. */
    static Copy byHand(Guest guest, long nonce) {
        var copy = new Copy(guest, guest.definition(), nonce, guest.diskTicks(), true);
        copy.byHand = true;
        return copy;
    }

    /** All that the other has in its memory. */
    void receive(Copy other) {
        nonce = other.nonce;
        ticks = other.ticks;
        whole = other.whole;
        pause();
    }

    /** All that is on the other's disk. One that has the same disk would destroy it so. */
    void copyDisk(Copy other, World world) {
        if (disk == null || other.disk == null || disk == other.disk) {
            world.breach(Clause.SAME_MEMORY, vm() + " has its disk copied onto itself, or to nowhere");
        } else {
            disk.mirror(other.disk);
        }
    }

    /** It came from another host, or is to come, and has never run here: it may be thrown away beside its source. */
    public boolean isArriving() {
        return arriving;
    }

    /** Whether it is the guest as its disk was left. */
    public boolean isCurrent() {
        return whole && nonce == guest.nonce() && ticks == guest.diskTicks();
    }

    public VmRef vm() {
        return guest.vm();
    }

    public DataSize memory() {
        return guest.memory();
    }

    public String definition() {
        return definition;
    }

    public GuestState state() {
        return state;
    }

    public long ticks() {
        return ticks;
    }

    /** The volume it was restored from; empty for a guest that was booted. */
    public Optional<VolumeRef> origin() {
        return Optional.ofNullable(origin);
    }

    /** The operation that restored it or brought it here; empty for a guest that was booted. */
    public Optional<OperationId> maker() {
        return Optional.ofNullable(maker);
    }

    /** Somebody else's: Berth must neither use nor end it, and answers for the guest as if it weren't there. */
    public boolean isByHand() {
        return byHand;
    }

    /** Whether it ran since it was booted or restored. */
    public boolean hasRun() {
        return hasRun;
    }

    /** A copy that is being made has no memory of its own yet. */
    public boolean isAlive() {
        return state != GuestState.BUSY;
    }

    public void busy() {
        state = GuestState.BUSY;
    }

    /** Its daemon has lost sight of it. */
    public void orphan() {
        state = GuestState.ORPHANED;
    }

    public void pause() {
        state = GuestState.PAUSED;
    }

    /** Its emulator has the disk in that directory open from here, whatever is renamed or deleted. */
    void open(SimulatedDirectory directory) {
        disk = directory;
    }

    private void requireDisk(World world) {
        if (guest.directory().isPresent() && (disk == null || disk.ticks() != guest.diskTicks())) {
            world.breach(Clause.SAME_MEMORY, vm() + " runs without its disk, or on an old one");
        }
    }

    /** Lets it go on, whether its memory belongs to its disk or not: hardware doesn't ask. */
    public void run(World world) {
        if (state == GuestState.RUNNING) {
            return;
        }
        state = GuestState.RUNNING;
        hasRun = true;
        arriving = false;
        if (!whole || nonce != guest.nonce()) {
            world.breach(Clause.SAME_MEMORY, vm() + " runs with memory that isn't its own, or not all of it");
        }
        if (ticks != guest.diskTicks()) {
            world.breach(
                    Clause.SAME_MEMORY,
                    vm() + " goes on at tick " + ticks + " while its disk is at " + guest.diskTicks());
        }
        requireDisk(world);
    }

    /** Counts in memory and writes the count to the disk. */
    void tick(World world) {
        if (ticks != guest.diskTicks()) {
            world.breach(Clause.SAME_MEMORY, vm() + " finds its disk written by another copy");
        }
        requireDisk(world);
        ticks++;
        guest.writeDisk(ticks);
        if (disk != null) {
            disk.write(ticks);
        }
    }

    /** Its memory as it is now. */
    public Image image() {
        return new Image(vm(), definition, nonce, ticks, guest.imageLength(), whole, false);
    }
}
