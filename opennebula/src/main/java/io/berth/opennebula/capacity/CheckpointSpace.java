package io.berth.opennebula.capacity;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import io.berth.engine.Engine;
import io.berth.opennebula.oned.VirtualMachine;
import java.util.List;

/**
 * What checkpoints take of one of Berth's datastores.
 *
 * @param datastore its name in Berth's configuration
 */
record CheckpointSpace(Engine engine, String datastore) {
    private static final long MEBIBYTE = 1 << 20;

    /**
     * What can still be written there, in whole MiB.
     *
     * @throws Failure {@code capacity.no-datastore} (CALLER), {@code capacity.silent} (ENVIRONMENT)
     */
    long free() {
        return engine.datastores().list().items().stream()
                .filter(view -> view.name().equals(datastore))
                .findFirst()
                .orElseThrow(() -> unknown(datastore))
                .room()
                .map(room -> room.free().bytes() / MEBIBYTE)
                .orElseThrow(() -> silent("it can't be asked for its room"));
    }

    /**
     * What checkpoints of these VMs take, in MiB, each rounded up, whatever state they are in; one that is being written
     * counts when it is whole.
     *
     * @throws Failure {@code capacity.silent} (ENVIRONMENT)
     */
    long taken(List<VirtualMachine> vms) {
        var found = engine.checkpoints().list();
        // A silent datastore isn't named as such, and it may be this one.
        found.silent().stream().findFirst().ifPresent(untold -> {
            throw silent(untold.getMessage());
        });
        return found.items().stream()
                .filter(entry -> entry.volume().datastore().equals(datastore))
                .flatMap(entry -> entry.record().stream())
                .filter(record -> vms.stream().anyMatch(vm -> isGuest(vm, record.vm())))
                .mapToLong(record -> Math.ceilDiv(record.imageLength().bytes(), MEBIBYTE))
                .sum();
    }

    /** Older drivers call guests by names, of which another OpenNebula has the same. */
    private static boolean isGuest(VirtualMachine vm, VmRef guest) {
        return vm.deployId().equals(guest.uuid().toString())
                || (vm.deployId().equals(vm.guestName()) || vm.deployId().isEmpty())
                        && vm.guestName().equals(guest.name());
    }

    static Failure unknown(String datastore) {
        return Failure.of(FailureKind.CALLER, "capacity.no-datastore", "the room of the datastore isn't known")
                .why("BERTH_DATASTORE is '" + Printable.line(datastore)
                        + "', and berth.yaml has no datastore of that name")
                .next("name one of 'berth datastore list' with 'onedatastore update', or take BERTH_CAPACITY away")
                .build();
    }

    private Failure silent(String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "capacity.silent", "what checkpoints take isn't known")
                .why("Berth's datastore " + Printable.line(datastore) + ": " + why)
                .next("see 'berth datastore check " + Printable.line(datastore)
                        + "'; until it answers OpenNebula keeps what it knew")
                .build();
    }
}
