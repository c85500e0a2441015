package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Departure;
import io.berth.driver.hypervisor.DiskSource;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestProfile;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Guests of libvirt, through {@code virsh} on each host and the host helper. KVM and QEMU.
 *
 * <p>{@link #obstacles} also names disks that the source host may have cached ({@code vm.incoherent-disk}): whoever
 * restores on the host of the save leaves those out.
 *
 * <p>Thread-safe; keeps nothing between calls.
 */
public final class LibvirtDriver implements HypervisorDriver {
    private final LibvirtSettings settings;
    private final GuestFinder finder;
    private final GuestSurvey surveys;
    private final GuestPower power;
    private final JobEnd jobs;
    private final ImageReader images;
    private final GuestRestore restores;
    private final TargetObstacles targets;
    private final HostRoom room;
    private final HostVersions versions;
    private final Transformations transformations;
    private final Migration migration;
    private final MigrationPath path;
    private final DomainLog log;
    private final MemoryWriting snapshot;
    private final MemoryWriting stream;
    private final MemoryWriting fast;

    public LibvirtDriver(HostTransport transport, LibvirtSettings settings) {
        this.settings = settings;
        var virsh = new Virsh(transport);
        var commands = new VirshCommands(settings.uri());
        var devices = new DeviceBytes(transport);
        var hostCpu = new HostCpu(virsh, commands);
        var image = new LibvirtImage(virsh, commands, devices);
        var streams = settings.writers().contains(MemoryWriter.STREAM)
                || settings.writers().contains(MemoryWriter.LIVE_STREAM);
        this.finder = new GuestFinder(virsh, commands);
        this.surveys = new GuestSurvey(virsh, commands, finder, hostCpu);
        this.power = new GuestPower(virsh, commands, finder);
        this.jobs = new JobEnd(virsh, commands, finder, streams);
        this.images = new ImageReader(devices);
        this.restores = new GuestRestore(virsh, commands, finder, images, power);
        this.targets = new TargetObstacles(virsh, commands, hostCpu);
        this.room = new HostRoom(virsh, commands);
        this.versions = new HostVersions(virsh, commands);
        this.transformations = new Transformations(settings.transformations(), virsh, commands);
        this.migration = new Migration(
                virsh,
                commands,
                finder,
                power,
                settings.migration(),
                settings.streams().emulatedLive());
        this.path = new MigrationPath(virsh, commands, room, settings.migration());
        this.log = new DomainLog(virsh);
        this.snapshot = new SnapshotWriting(virsh, commands, finder, image);
        this.stream = new StreamWriting(virsh, commands, settings.streams());
        this.fast = new FastWriting(virsh, commands, finder, jobs, image);
    }

    @Override
    public String type() {
        return "libvirt";
    }

    @Override
    public String versions(HostRef host) {
        return versions.of(host);
    }

    @Override
    public HypervisorCapabilities capabilities(HostRef host) {
        return new HypervisorCapabilities(settings.writers(), true, true);
    }

    @Override
    public HostMemory memory(HostRef host) {
        return room.of(host);
    }

    @Override
    public List<GuestView> list(HostRef host) {
        return finder.list(host);
    }

    @Override
    public Optional<GuestView> find(HostRef host, UUID vm) {
        return finder.find(host, vm);
    }

    @Override
    public GuestDescription describe(HostRef host, VmRef vm) {
        return surveys.describe(host, vm);
    }

    @Override
    public MemoryEstimate estimate(HostRef host, VmRef vm) {
        return surveys.estimate(host, vm);
    }

    @Override
    public void pause(Call call, HostRef host, VmRef vm) {
        power.pause(call, host, vm);
    }

    @Override
    public void resume(Call call, HostRef host, VmRef vm) {
        power.resume(call, host, vm);
    }

    @Override
    public SavedImage saveMemory(Call call, HostRef host, VmRef vm, SaveRequest request) {
        if (!settings.writers().contains(request.writer())) {
            throw Failure.of(FailureKind.CALLER, "writer.not-allowed", "this way to write memory is turned off")
                    .why(request.writer() + " isn't among the configured writers")
                    .next("choose one of " + settings.writers())
                    .host(host)
                    .build();
        }
        var writing = switch (request.writer()) {
            case SNAPSHOT -> snapshot;
            case STREAM, LIVE_STREAM -> stream;
            case FAST -> fast;
        };
        return writing.write(call, host, vm, request);
    }

    @Override
    public void cancelSave(Call call, HostRef host, VmRef vm) {
        // Tidying up isn't stopped by the wish to stop.
        jobs.end(call.with(Cancellation.never()), host, vm);
    }

    @Override
    public ImageHeader inspect(HostRef host, DevicePath device) {
        return images.read(host, device);
    }

    @Override
    public Optional<SavedGuest> identify(HostRef host, String definition) {
        return Optional.of(surveys.identify(host, GuestXml.parse(definition)));
    }

    /** The device's size: the count of what was written died with the process that saved. */
    @Override
    public DataSize imageLength(HostRef host, DevicePath device) {
        return images.bound(host, device);
    }

    @Override
    public List<Failure> obstacles(HostRef host, GuestProfile profile, String definition) {
        var found = new ArrayList<>(targets.find(host, profile, definition));
        found.addAll(TargetObstacles.incoherentDisks(host, GuestXml.parse(definition)));
        return List.copyOf(found);
    }

    @Override
    public List<DiskSource> disks(String definition) {
        return GuestXml.parse(definition).disks().stream()
                .filter(GuestDisk::isOnHost)
                .map(disk -> new DiskSource(disk.target(), disk.source(), disk.readOnly()))
                .toList();
    }

    @Override
    public List<String> diskFiles(String definition) {
        return Stream.concat(
                        disks(definition).stream().map(DiskSource::path),
                        GuestXml.parse(definition).baseImages().stream())
                .toList();
    }

    @Override
    public List<DefinitionChange> transform(HostRef host, String definition, Phase phase) {
        return transformations.apply(host, definition, phase);
    }

    @Override
    public void restorePaused(Call call, HostRef host, RestoreRequest request) {
        restores.restore(call, host, request);
    }

    @Override
    public boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
        return restores.isMarked(host, vm, operation);
    }

    @Override
    public List<Failure> migrationObstacles(HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
        return path.obstacles(from, vm, request, brought);
    }

    /** An emulated guest is paused first, unless {@link EmulatedLive#LIVE} is set, and stays so when this fails. */
    @Override
    public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
        migration.migrate(call, from, vm, request);
    }

    @Override
    public void awaitMigration(Call call, HostRef from, VmRef vm) {
        migration.await(call, from, vm);
    }

    @Override
    public void cancelMigration(Call call, HostRef from, VmRef vm) {
        migration.cancel(call, from, vm);
    }

    @Override
    public void clearMigration(Call call, HostRef at, MigrationRequest request) {
        migration.clear(call, at, request);
    }

    @Override
    public Departure departure(HostRef from, VmRef vm) {
        return log.departure(from, vm);
    }

    @Override
    public void destroy(Call call, HostRef host, VmRef vm) {
        power.destroy(call, host, vm);
    }

    @Override
    public void undefine(Call call, HostRef host, VmRef vm) {
        power.undefine(call, host, vm);
    }

    @Override
    public void define(Call call, HostRef host, VmRef vm, String definition) {
        power.define(call, host, vm, definition);
    }
}
