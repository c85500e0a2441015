package io.berth.tck;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Departure;
import io.berth.driver.hypervisor.DiskSource;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HostMemory;
import io.berth.driver.hypervisor.HypervisorCapabilities;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.MemoryEstimate;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.MigrationRequest;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A fake hypervisor that does what the interface says and nothing more. */
class FakeHypervisor implements HypervisorDriver {
    private static final DataSize MEMORY = DataSize.ofMebibytes(32);
    private static final GuestProfile PROFILE = new GuestProfile("x86_64", "fake-1", "fake", "1.0", MEMORY, List.of());

    private final FakeGuests all;

    FakeHypervisor(FakeGuests all) {
        this.all = all;
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public HypervisorCapabilities capabilities(HostRef host) {
        return new HypervisorCapabilities(
                Set.of(MemoryWriter.SNAPSHOT, MemoryWriter.LIVE_STREAM, MemoryWriter.FAST), true, true);
    }

    @Override
    public HostMemory memory(HostRef host) {
        return new HostMemory(DataSize.ofMebibytes(1024), DataSize.ofMebibytes(2048));
    }

    @Override
    public List<GuestView> list(HostRef host) {
        return all.guests.stream()
                .filter(guest -> guest.host.equals(host))
                .map(FakeHypervisor::view)
                .toList();
    }

    @Override
    public Optional<GuestView> find(HostRef host, UUID vm) {
        return all.find(host, vm).map(FakeHypervisor::view);
    }

    private static GuestView view(FakeGuests.Guest guest) {
        return new GuestView(guest.vm, guest.host, guest.state, "fake", guest.persistent);
    }

    @Override
    public GuestDescription describe(HostRef host, VmRef vm) {
        var guest = present(host, vm);
        var kept = guest.persistent ? Optional.of(definition(vm)) : Optional.<String>empty();
        return new GuestDescription(view(guest), PROFILE, definition(vm), kept, List.of());
    }

    private static String definition(VmRef vm) {
        return "guest " + vm.uuid();
    }

    @Override
    public MemoryEstimate estimate(HostRef host, VmRef vm) {
        present(host, vm);
        return new MemoryEstimate(DataSize.ofMebibytes(16), DataSize.ofMebibytes(48));
    }

    @Override
    public void pause(Call call, HostRef host, VmRef vm) {
        present(host, vm).state = GuestState.PAUSED;
    }

    @Override
    public void resume(Call call, HostRef host, VmRef vm) {
        present(host, vm).state = GuestState.RUNNING;
    }

    @Override
    public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
        var guest = present(host, vm);
        if (!capabilities(host).writers().contains(request.writer())) {
            throw failure(FailureKind.CALLER, "writer.unsupported");
        }
        var device = all.device(request.target());
        device.image = new FakeGuests.Image(false, vm, "", 0, false);
        call.progress().moved(DataSize.ofMebibytes(1), MEMORY);
        if (MEMORY.exceeds(request.capacity())) {
            throw failure(FailureKind.STORAGE, "device.full");
        }
        if (call.cancellation().requested()) {
            throw failure(FailureKind.CANCELLED, "operation.cancelled");
        }
        guest.state = GuestState.PAUSED;
        device.image = new FakeGuests.Image(true, vm, guest.nonce, guest.ticks, request.ownerPaused());
        if (!request.writer().keepsGuest()) {
            destroy(call, host, vm);
        }
        return new SavedImage(MEMORY, MEMORY);
    }

    @Override
    public void cancelSave(Call call, HostRef host, VmRef vm) {}

    @Override
    public ImageHeader inspect(HostRef host, DevicePath device) {
        var image = all.device(device).image;
        if (image == null) {
            return new ImageHeader(ImageHeader.Form.NONE, "", DataSize.ZERO, false);
        }
        var form = image.whole() ? ImageHeader.Form.COMPLETE : ImageHeader.Form.PARTIAL;
        return new ImageHeader(form, definition(image.vm()), new DataSize(4096), image.ownerPaused());
    }

    /** The device's size: a bound. */
    @Override
    public DataSize imageLength(HostRef host, DevicePath device) {
        return all.device(device).size;
    }

    @Override
    public List<Failure> obstacles(HostRef host, GuestProfile profile, String definition) {
        return profile.equals(PROFILE) ? List.of() : List.of(failure(FailureKind.ENVIRONMENT, "host.unfit"));
    }

    @Override
    public List<DiskSource> disks(String definition) {
        return List.of();
    }

    @Override
    public List<DefinitionChange> transform(HostRef host, String definition, Phase phase) {
        var once = definition + " on " + host;
        return List.of(new DefinitionChange("place", definition, once), new DefinitionChange("nothing", once, once));
    }

    @Override
    public void restorePaused(Call call, HostRef host, RestoreRequest request) {
        if (all.find(host, request.vm().uuid())
                .filter(guest -> guest.state.isAlive())
                .isPresent()) {
            throw failure(FailureKind.CONFLICT, "vm.exists");
        }
        var image = all.device(request.source()).image;
        if (image == null || !image.vm().equals(request.vm())) {
            throw failure(FailureKind.STORAGE, "image.foreign");
        }
        if (!image.whole()) {
            throw failure(FailureKind.STORAGE, "image.partial");
        }
        all.guests.removeIf(guest -> guest.host.equals(host) && guest.vm.equals(request.vm()));
        var persistent = request.persistentDefinition().isPresent();
        all.guests.add(
                new FakeGuests.Guest(request.vm(), host, GuestState.PAUSED, persistent, image.nonce(), image.ticks()));
        all.made.put(host + " " + request.vm(), call.token().operation());
    }

    @Override
    public boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
        return all.find(host, vm.uuid()).filter(guest -> guest.state.isAlive()).isPresent()
                && operation.equals(all.made.get(host + " " + vm));
    }

    @Override
    public List<Failure> migrationObstacles(HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
        return from.equals(request.to()) ? List.of(failure(FailureKind.CALLER, "migrate.same-host")) : List.of();
    }

    @Override
    public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
        var guest = present(from, vm);
        if (call.cancellation().requested()) {
            throw failure(FailureKind.CANCELLED, "operation.cancelled");
        }
        var arrived = new FakeGuests.Guest(vm, request.to(), GuestState.PAUSED, false, guest.nonce, guest.ticks);
        destroy(call, from, vm);
        all.guests.add(arrived);
        all.made.put(request.to() + " " + vm, call.token().operation());
        all.migrated.add(from + " " + vm);
    }

    @Override
    public void awaitMigration(Call call, HostRef from, VmRef vm) {}

    @Override
    public void cancelMigration(Call call, HostRef from, VmRef vm) {}

    @Override
    public void clearMigration(Call call, HostRef at, MigrationRequest request) {}

    @Override
    public Departure departure(HostRef from, VmRef vm) {
        return all.migrated.contains(from + " " + vm) ? Departure.MIGRATED : Departure.UNKNOWN;
    }

    @Override
    public void destroy(Call call, HostRef host, VmRef vm) {
        all.find(host, vm.uuid()).ifPresent(guest -> guest.state = GuestState.SHUT_OFF);
        forgetEnded();
    }

    @Override
    public void undefine(Call call, HostRef host, VmRef vm) {
        all.find(host, vm.uuid()).ifPresent(guest -> guest.persistent = false);
        forgetEnded();
    }

    private void forgetEnded() {
        all.guests.removeIf(guest -> !guest.persistent && !guest.state.isAlive());
    }

    @Override
    public void define(Call call, HostRef host, VmRef vm, String definition) {
        var there = all.find(host, vm.uuid());
        there.ifPresent(guest -> guest.persistent = true);
        if (there.isEmpty()) {
            all.guests.add(new FakeGuests.Guest(vm, host, GuestState.SHUT_OFF, true, "", 0));
        }
    }

    private FakeGuests.Guest present(HostRef host, VmRef vm) {
        return all.find(host, vm.uuid()).orElseThrow(() -> failure(FailureKind.CALLER, "vm.absent"));
    }

    private static Failure failure(FailureKind kind, String code) {
        return Failure.of(kind, code, "the fake hypervisor refuses")
                .next("ask otherwise")
                .build();
    }
}
