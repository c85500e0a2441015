package io.berth.tck;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What there is in the fake world: guests on two hosts and devices that both see. A guest ticks when it is watched. */
final class FakeGuests {
    final List<Guest> guests = new CopyOnWriteArrayList<>();
    final Map<DevicePath, FakeDevice> devices = new HashMap<>();
    final Set<String> migrated = ConcurrentHashMap.newKeySet();
    final Map<String, OperationId> made = new ConcurrentHashMap<>();
    final Map<VmRef, HypervisorWorld.Pulse> heard = new HashMap<>();

    /** A guest on a host, or what the host keeps of it. */
    static final class Guest {
        final VmRef vm;
        final HostRef host;
        GuestState state;
        boolean persistent;
        String nonce;
        long ticks;

        Guest(VmRef vm, HostRef host, GuestState state, boolean persistent, String nonce, long ticks) {
            this.vm = vm;
            this.host = host;
            this.state = state;
            this.persistent = persistent;
            this.nonce = nonce;
            this.ticks = ticks;
        }
    }

    /** A device and the image on it. */
    static final class FakeDevice implements HypervisorWorld.SharedDevice {
        final DataSize size;
        final DevicePath path;

        @Nullable
        Image image;

        FakeDevice(DataSize size, DevicePath path) {
            this.size = size;
            this.path = path;
        }

        @Override
        public DataSize size() {
            return size;
        }

        @Override
        public DevicePath on(HostRef host) {
            return path;
        }
    }

    record Image(boolean whole, VmRef vm, String nonce, long ticks, boolean ownerPaused) {}

    Optional<Guest> find(HostRef host, UUID vm) {
        return guests.stream()
                .filter(guest -> guest.host.equals(host) && guest.vm.uuid().equals(vm))
                .findFirst();
    }

    FakeDevice device(DevicePath path) {
        var device = devices.get(path);
        if (device == null) {
            throw new AssertionError("no device " + path);
        }
        return device;
    }

    /** Lets the guest tick if it runs. */
    boolean tick(VmRef vm) {
        for (var guest : guests) {
            if (guest.vm.equals(vm) && guest.state == GuestState.RUNNING) {
                guest.ticks++;
                heard.put(vm, new HypervisorWorld.Pulse(guest.nonce, guest.ticks));
                return true;
            }
        }
        return false;
    }
}
