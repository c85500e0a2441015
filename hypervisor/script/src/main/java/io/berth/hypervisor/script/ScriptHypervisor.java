package io.berth.hypervisor.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostDevices;
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
import io.berth.driver.hypervisor.SavedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Guests of any hypervisor, through a site's own scripts on each host. They change things, Berth looks; the contract is
 * {@code docs/reference/script-hypervisor.md}.
 *
 * <p>Memory is written in one way, {@link MemoryWriter#SNAPSHOT}: the guest has to stay, paused, until its checkpoint is
 * complete. A hypervisor that can't do that, or can't make a paused guest of saved memory, can't keep the promise, and
 * has no scripts that fit. Guests aren't migrated live.
 *
 * <p>Disks aren't known: {@link #disks} names none, and the script {@code restore} has to refuse where they are missing.
 *
 * <p>Thread-safe; keeps nothing between calls.
 */
public final class ScriptHypervisor implements HypervisorDriver {
    private static final HypervisorCapabilities CAPABILITIES =
            new HypervisorCapabilities(Set.of(MemoryWriter.SNAPSHOT), true, false);

    private final ScriptedGuests guests;
    private final ScriptedPower power;
    private final FramedImages images;
    private final ScriptedSave saves;
    private final ScriptedRestore restores;

    /** @param devices of the hosts, for what stands before the memory */
    public ScriptHypervisor(ScriptHypervisorSettings settings, HostTransport transport, HostDevices devices) {
        var scripts = new GuestScripts(settings, transport);
        this.guests = new ScriptedGuests(scripts);
        this.power = new ScriptedPower(scripts, guests);
        this.images = new FramedImages(devices);
        this.saves = new ScriptedSave(scripts, guests, images);
        this.restores = new ScriptedRestore(scripts, guests, images, power);
    }

    @Override
    public String type() {
        return "script";
    }

    @Override
    public String versions(HostRef host) {
        return guests.version(host);
    }

    @Override
    public HypervisorCapabilities capabilities(HostRef host) {
        return CAPABILITIES;
    }

    @Override
    public HostMemory memory(HostRef host) {
        return guests.memory(host);
    }

    @Override
    public List<GuestView> list(HostRef host) {
        return guests.list(host);
    }

    @Override
    public Optional<GuestView> find(HostRef host, UUID vm) {
        return guests.find(host, vm);
    }

    @Override
    public GuestDescription describe(HostRef host, VmRef vm) {
        return guests.describe(host, vm);
    }

    @Override
    public MemoryEstimate estimate(HostRef host, VmRef vm) {
        return guests.estimate(host, vm);
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
        return switch (request.writer()) {
            case SNAPSHOT -> saves.save(call, host, vm, request);
            case STREAM, LIVE_STREAM, FAST ->
                throw Failure.of(FailureKind.CALLER, "writer.not-allowed", "scripts can't write memory that way")
                        .why(request.writer() + " isn't what scripts do")
                        .next("choose " + MemoryWriter.SNAPSHOT)
                        .host(host)
                        .build();
        };
    }

    @Override
    public void cancelSave(Call call, HostRef host, VmRef vm) {
        saves.awaitEnd(call, host, vm);
    }

    @Override
    public ImageHeader inspect(HostRef host, DevicePath device) {
        return images.inspect(host, device);
    }

    @Override
    public DataSize imageLength(HostRef host, DevicePath device) {
        return images.complete(host, device, "there is no finished image on " + device)
                .length()
                .plus(ImageFrame.ROOM);
    }

    @Override
    public List<Failure> obstacles(HostRef host, GuestProfile profile, String definition) {
        return guests.obstacles(host, profile);
    }

    @Override
    public List<DiskSource> disks(String definition) {
        return List.of();
    }

    @Override
    public List<DefinitionChange> transform(HostRef host, String definition, Phase phase) {
        return List.of();
    }

    @Override
    public void restorePaused(Call call, HostRef host, RestoreRequest request) {
        restores.restore(call, host, request);
    }

    @Override
    public List<Failure> migrationObstacles(HostRef from, VmRef vm, MigrationRequest request, Set<String> brought) {
        return List.of(notLive(from));
    }

    @Override
    public void migrate(Call call, HostRef from, VmRef vm, MigrationRequest request) {
        throw notLive(from);
    }

    private static Failure notLive(HostRef from) {
        return Failure.of(FailureKind.CALLER, "migrate.not-live", "the guest can't be moved while it runs")
                .why("its hypervisor is one of scripts, which only save and restore")
                .next("move it through a checkpoint ('berth vm migrate --cold')")
                .host(from)
                .build();
    }

    /** There never is one. */
    @Override
    public void awaitMigration(Call call, HostRef from, VmRef vm) {}

    @Override
    public void cancelMigration(Call call, HostRef from, VmRef vm) {}

    @Override
    public void clearMigration(Call call, HostRef at, MigrationRequest request) {}

    @Override
    public boolean isMadeBy(HostRef host, VmRef vm, OperationId operation) {
        return guests.isMadeBy(host, vm, operation);
    }

    @Override
    public Departure departure(HostRef from, VmRef vm) {
        return Departure.UNKNOWN;
    }

    @Override
    public void destroy(Call call, HostRef host, VmRef vm) {
        power.end(call, host, vm);
    }

    @Override
    public void undefine(Call call, HostRef host, VmRef vm) {
        power.forget(call, host, vm);
    }

    @Override
    public void define(Call call, HostRef host, VmRef vm, String definition) {
        power.keep(call, host, vm, definition);
    }
}
