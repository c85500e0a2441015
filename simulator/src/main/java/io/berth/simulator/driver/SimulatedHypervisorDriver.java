package io.berth.simulator.driver;

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
import io.berth.driver.hypervisor.SavedGuest;
import io.berth.driver.hypervisor.SavedImage;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.Image;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.World;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Guests of simulated hosts. */
final class SimulatedHypervisorDriver implements HypervisorDriver {
    private static final DataSize HEADER = DataSize.ofKibibytes(4);
    private static final DataSize OVERHEAD = DataSize.ofMebibytes(17);

    private static final String ARCHITECTURE = "x86_64";
    private static final String MACHINE = "pc-i440fx-7.2";

    private final Calls calls;
    private final Savings savings;
    private final Restores restores;
    private final Migrations migrations;

    SimulatedHypervisorDriver(Calls calls) {
        this.calls = calls;
        this.savings = new Savings(calls);
        this.restores = new Restores(calls);
        this.migrations = new Migrations(calls);
    }

    @Override
    public String type() {
        return "simulated";
    }

    @Override
    public HypervisorCapabilities capabilities(HostRef host) {
        return new HypervisorCapabilities(EnumSet.allOf(MemoryWriter.class), true, true);
    }

    @Override
    public HostMemory memory(HostRef host) {
        return calls.look(host, "guests.memory", there -> new HostMemory(there.freeMemory(), there.memory()));
    }

    @Override
    public List<GuestView> list(HostRef host) {
        return calls.look(host, "guests.list", there -> {
            var known = new LinkedHashSet<UUID>();
            there.copies().forEach(copy -> known.add(copy.vm().uuid()));
            known.addAll(there.definitions().keySet());
            return known.stream().flatMap(vm -> view(there, vm).stream()).toList();
        });
    }

    @Override
    public Optional<GuestView> find(HostRef host, UUID vm) {
        return calls.look(host, "guests.find", there -> view(there, vm));
    }

    private Optional<GuestView> view(SimulatedHost host, UUID vm) {
        var persistent = host.definitions().containsKey(vm);
        return host.copy(vm)
                .map(copy -> new GuestView(copy.vm(), host.ref(), state(calls.world(), host, copy), "", persistent))
                .or(() -> persistent
                        ? Optional.of(
                                new GuestView(calls.world().guest(vm).vm(), host.ref(), GuestState.SHUT_OFF, "", true))
                        : Optional.empty());
    }

    /** While the daemon saves or hands over, that is what it says; of a stream it knows nothing. */
    private static GuestState state(World world, SimulatedHost host, Copy copy) {
        if (copy.state() == GuestState.PAUSED
                && world.migration(host, copy.vm().uuid()).isPresent()) {
            return GuestState.BUSY;
        }
        return host.job(copy.vm().uuid())
                .map(job -> switch (job.kind()) {
                    case SAVE, RESTORE -> GuestState.BUSY;
                    case STREAM -> copy.state();
                })
                .orElse(copy.state());
    }

    @Override
    public GuestDescription describe(HostRef host, VmRef vm) {
        return calls.look(host, "guests.describe", there -> {
            var view = view(there, vm.uuid()).orElseThrow(() -> absent(host, vm));
            var guest = calls.world().guest(vm.uuid());
            return new GuestDescription(
                    view,
                    profile(guest),
                    guest.definition(),
                    Optional.ofNullable(there.definitions().get(vm.uuid())),
                    List.of());
        });
    }

    /** What is needed is told too low, as hypervisors do when memory lies in huge pages or in swap. */
    @Override
    public MemoryEstimate estimate(HostRef host, VmRef vm) {
        return calls.look(host, "guests.estimate", there -> {
            var _ = there.copy(vm.uuid()).orElseThrow(() -> absent(host, vm));
            var guest = calls.world().guest(vm.uuid());
            return new MemoryEstimate(
                    new DataSize(guest.reportedNeed()), guest.memory().plus(OVERHEAD));
        });
    }

    @Override
    public void pause(Call call, HostRef host, VmRef vm) {
        calls.change(host, "guests.pause", call.token(), there -> {
            mine(calls.world(), there, vm).pause();
            return true;
        });
    }

    @Override
    public void resume(Call call, HostRef host, VmRef vm) {
        calls.change(host, "guests.resume", call.token(), there -> {
            mine(calls.world(), there, vm).run(calls.world());
            return true;
        });
    }

    /** The copy, unless the daemon is at it. */
    static Copy mine(World world, SimulatedHost host, VmRef vm) {
        var copy = host.copy(vm.uuid()).orElseThrow(() -> absent(host.ref(), vm));
        if (state(world, host, copy) == GuestState.BUSY) {
            throw Failure.of(FailureKind.CONFLICT, "vm.locked", "the daemon works on " + vm)
                    .host(host.ref())
                    .next("wait or cancel it")
                    .build();
        }
        return copy;
    }

    static Failure absent(HostRef host, VmRef vm) {
        return Failure.of(FailureKind.HYPERVISOR, "vm.absent", vm + " isn't there")
                .host(host)
                .next("see where it is with 'berth vm list'")
                .build();
    }

    @Override
    public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
        return savings.save(call, host, vm, request);
    }

    @Override
    public void cancelSave(Call call, HostRef host, VmRef vm) {
        calls.change(
                host,
                "guests.cancel-save",
                call.token(),
                there -> there.jobs()
                        .removeIf(job -> job.vm().equals(vm)
                                && switch (job.kind()) {
                                    case SAVE, STREAM -> true;
                                    case RESTORE -> false;
                                }));
    }

    /** Past the cache, as the tail's digest: what is read back must come from the storage. */
    @Override
    public ImageHeader inspect(HostRef host, DevicePath device) {
        return calls.look(host, "image.inspect", there -> {
            var content = SimulatedDevices.volume(calls.world(), there, device)
                    .extent()
                    .written();
            return new ImageHeader(
                    content.form(),
                    content.image().map(Image::definition).orElse(""),
                    HEADER,
                    content.image().filter(Image::ownerPaused).isPresent());
        });
    }

    @Override
    public Optional<SavedGuest> identify(HostRef host, String definition) {
        return calls.world().guests().stream()
                .filter(guest -> guest.definition().equals(definition))
                .findFirst()
                .map(guest -> new SavedGuest(guest.vm(), profile(guest)));
    }

    private static GuestProfile profile(Guest guest) {
        return new GuestProfile(ARCHITECTURE, MACHINE, "qemu64", "7.2.19", guest.memory(), List.of());
    }

    @Override
    public DataSize imageLength(HostRef host, DevicePath device) {
        return calls.look(host, "image.length", there -> {
            var content = SimulatedDevices.volume(calls.world(), there, device)
                    .extent()
                    .written();
            return new DataSize(content.image()
                    .filter(_ -> content.form() == ImageHeader.Form.COMPLETE)
                    .orElseThrow(Restores::partial)
                    .length());
        });
    }

    @Override
    public List<Failure> obstacles(HostRef host, GuestProfile profile, String definition) {
        return calls.look(
                host,
                "guests.obstacles",
                _ -> profile.architecture().equals(ARCHITECTURE)
                                && profile.machine().equals(MACHINE)
                        ? List.of()
                        : List.of(Failure.of(FailureKind.ENVIRONMENT, "host.no-machine", "the host has no such machine")
                                .host(host)
                                .next("choose another host")
                                .build()));
    }

    @Override
    public List<DiskSource> disks(String definition) {
        return Guest.diskOf(definition).stream()
                .map(path -> new DiskSource("vda", path, false))
                .toList();
    }

    @Override
    public List<DefinitionChange> transform(HostRef host, String definition, Phase phase) {
        return List.of(new DefinitionChange("nothing", definition, definition));
    }

    @Override
    public void restorePaused(Call call, HostRef host, RestoreRequest request) {
        restores.restore(call, host, request);
    }

    @Override
    public boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
        return calls.look(
                host,
                "guests.is-made",
                there -> there.copy(vm.uuid()).flatMap(Copy::maker).equals(Optional.of(operation)));
    }

    @Override
    public List<Failure> migrationObstacles(HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
        return calls.look(
                from,
                "guests.migration-obstacles",
                _ -> request.to().equals(from)
                        ? List.of(Failure.of(FailureKind.ENVIRONMENT, "migrate.same-host", "the target is the source")
                                .host(from)
                                .next("choose another host")
                                .build())
                        : List.of());
    }

    @Override
    public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
        migrations.migrate(call, from, vm, request);
    }

    @Override
    public void awaitMigration(Call call, HostRef from, VmRef vm) {
        migrations.await(from, vm);
    }

    @Override
    public void cancelMigration(Call call, HostRef from, VmRef vm) {
        migrations.cancel(call, from, vm);
    }

    /** Simulated disks are shared without anybody having to look. */
    @Override
    public void clearMigration(Call call, HostRef at, MigrationRequest request) {
        calls.change(at, "guests.clear-migration", call.token(), _ -> true);
    }

    @Override
    public Departure departure(HostRef from, VmRef vm) {
        return calls.look(from, "guests.departure", there -> there.departure(vm.uuid()));
    }

    @Override
    public void destroy(Call call, HostRef host, VmRef vm) {
        calls.change(host, "guests.destroy", call.token(), there -> {
            there.copy(vm.uuid())
                    .filter(Copy::isByHand)
                    .ifPresent(copy ->
                            calls.world().breach(Clause.ONE_COPY, "somebody else's copy of " + vm + " is ended"));
            there.remove(vm.uuid());
            return true;
        });
    }

    @Override
    public void undefine(Call call, HostRef host, VmRef vm) {
        calls.change(host, "guests.undefine", call.token(), there -> {
            there.definitions().remove(vm.uuid());
            return true;
        });
    }

    @Override
    public void define(Call call, HostRef host, VmRef vm, String definition) {
        calls.change(host, "guests.define", call.token(), there -> {
            there.definitions().put(vm.uuid(), definition);
            return true;
        });
    }
}
