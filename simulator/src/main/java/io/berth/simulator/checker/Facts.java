package io.berth.simulator.checker;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedVolume;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a guest is, seen from above.
 *
 * @param copies with memory, or about to have it
 * @param complete checkpoints that could be restored
 * @param unclaimed volumes that hold it and that no ledger knows: something else has saved it there
 */
record Facts(VmRef vm, List<Placed> copies, List<Entry> complete, List<VolumeRef> unclaimed) {
    record Placed(HostRef host, Copy copy) {
        boolean isUnfinished() {
            return copy.isArriving() && !copy.isAlive();
        }

        boolean runs() {
            return copy.state() == GuestState.RUNNING;
        }

        @Override
        public String toString() {
            return copy.state() + " on " + host;
        }
    }

    static Facts of(World world, VmRef vm) {
        var copies = new ArrayList<Placed>();
        for (var host : world.hosts()) {
            host.copy(vm.uuid())
                    .filter(copy -> !copy.isByHand())
                    .ifPresent(copy -> copies.add(new Placed(host.ref(), copy)));
        }
        var complete = new ArrayList<Entry>();
        for (var datastore : world.datastores()) {
            for (var entry : datastore.entries()) {
                if (isOf(entry, vm) && entry.state() == CheckpointState.COMPLETE) {
                    complete.add(entry);
                }
            }
        }
        return new Facts(vm, copies, complete, unclaimed(world, vm));
    }

    private static List<VolumeRef> unclaimed(World world, VmRef vm) {
        var guest = world.guest(vm.uuid());
        return world.datastores().stream()
                .flatMap(datastore -> datastore.volumes().stream()
                        .filter(volume -> datastore.entry(volume.ref()).isEmpty()))
                .filter(volume -> holds(volume.extent().durable(), guest))
                .map(SimulatedVolume::ref)
                .toList();
    }

    private static boolean isOf(Entry entry, VmRef vm) {
        return entry.record().isPresent() && entry.record().get().vm().equals(vm);
    }

    @Override
    public String toString() {
        return "a copy " + copies + ", a checkpoint "
                + complete.stream().map(Entry::volume).toList() + (unclaimed.isEmpty() ? "" : ", in " + unclaimed);
    }

    boolean hasComplete() {
        return !complete.isEmpty();
    }

    /** None of it anywhere; what is only about to arrive is nothing yet. */
    boolean isGone() {
        return complete.isEmpty() && unclaimed.isEmpty() && copies.stream().allMatch(placed -> placed.isUnfinished());
    }

    /** Beside a copy there may be one that came from it and never ran. */
    boolean isDoubled() {
        return copies.stream().filter(placed -> !placed.copy().isArriving()).count() > 1 || copies.size() > 2;
    }

    /** Whether it is this guest's memory, all of it, as its disk was left. */
    static boolean holds(Content content, Guest guest) {
        return content.form() == ImageHeader.Form.COMPLETE
                && content.image()
                        .filter(image -> image.whole()
                                && image.vm().equals(guest.vm())
                                && image.nonce() == guest.nonce()
                                && image.ticks() == guest.diskTicks())
                        .isPresent();
    }
}
