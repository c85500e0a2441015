package io.berth.engine.embedded;

import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes VMs of guests and checkpoints. */
public final class MachineMerger {
    private MachineMerger() {}

    /**
     * Live guests as they are. A guest without memory on any host is suspended if a complete checkpoint holds its
     * memory; otherwise it is shut off wherever it is defined. Sorted by name.
     */
    public static List<MachineView> merge(List<GuestView> guests, List<Entry> checkpoints) {
        Map<UUID, CheckpointRecord> complete = new HashMap<>();
        checkpoints.stream()
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .forEach(entry -> entry.record()
                        .ifPresent(record -> complete.put(record.vm().uuid(), record)));
        var machines = new ArrayList<MachineView>();
        var alive = guests.stream().filter(guest -> guest.state().isAlive()).toList();
        var aliveIds = alive.stream().map(guest -> guest.vm().uuid()).toList();
        alive.forEach(guest -> machines.add(
                view(guest, Optional.ofNullable(complete.get(guest.vm().uuid())))));
        guests.stream()
                .filter(guest -> !aliveIds.contains(guest.vm().uuid())
                        && !complete.containsKey(guest.vm().uuid()))
                .forEach(guest -> machines.add(view(guest, Optional.empty())));
        complete.values().stream()
                .filter(record -> !aliveIds.contains(record.vm().uuid()))
                .forEach(record -> machines.add(suspended(record)));
        machines.sort(MachineMerger::byName);
        return List.copyOf(machines);
    }

    private static int byName(MachineView one, MachineView other) {
        var name = one.vm().name().compareTo(other.vm().name());
        var uuid = one.vm().uuid().compareTo(other.vm().uuid());
        return name != 0 ? name : uuid != 0 ? uuid : one.host().compareTo(other.host());
    }

    private static MachineView view(GuestView guest, Optional<CheckpointRecord> checkpoint) {
        return new MachineView(
                guest.vm(),
                state(guest),
                guest.host(),
                guest.reason(),
                checkpoint.map(CheckpointRecord::volume),
                Optional.empty());
    }

    private static MachineView suspended(CheckpointRecord record) {
        return new MachineView(
                record.vm(),
                state(record.purpose()),
                record.source(),
                "",
                Optional.of(record.volume()),
                record.completed().or(() -> Optional.of(record.created())));
    }

    /** A VM that was stranded on its way to another host is suspended. */
    private static MachineState state(CheckpointPurpose purpose) {
        return switch (purpose) {
            case SUSPEND, MIGRATE -> MachineState.SUSPENDED;
            case STOP -> MachineState.STOPPED;
        };
    }

    private static MachineState state(GuestView guest) {
        return switch (guest.state()) {
            case RUNNING -> MachineState.RUNNING;
            case PAUSED -> MachineState.PAUSED;
            case SHUT_OFF -> MachineState.SHUT_OFF;
            case ORPHANED -> MachineState.ORPHANED;
            case BUSY -> MachineState.BUSY;
            case BROKEN -> MachineState.BROKEN;
        };
    }
}
