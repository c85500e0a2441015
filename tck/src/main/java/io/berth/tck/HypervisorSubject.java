package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DeviceReading;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.util.List;
import java.util.Optional;

/** The driver under test in its world, with words for what tests do most. */
final class HypervisorSubject {
    private final HypervisorWorld world;

    HypervisorSubject(HypervisorWorld world) {
        this.world = world;
    }

    /** A guest's memory on a device, and all that is needed to make the guest of it again. */
    record Saved(
            GuestDescription description,
            HypervisorWorld.SharedDevice device,
            SavedImage image,
            HypervisorWorld.Pulse last) {
        VmRef vm() {
            return description.view().vm();
        }
    }

    HypervisorWorld world() {
        return world;
    }

    HypervisorDriver driver() {
        return world.driver();
    }

    HostRef first() {
        return world.first();
    }

    HostRef second() {
        return world.second();
    }

    Call call(VmRef vm) {
        return world.call(vm);
    }

    boolean declares(MemoryWriter writer) {
        return driver().capabilities(first()).writers().contains(writer);
    }

    /** Any writer that leaves the guest there, else the first declared. */
    MemoryWriter someWriter() {
        var writers = driver().capabilities(first()).writers();
        return writers.stream()
                .filter(MemoryWriter::keepsGuest)
                .findFirst()
                .or(() -> writers.stream().findFirst())
                .orElseThrow(() -> new AssertionError("the driver declares no writer"));
    }

    VmRef runningGuest() {
        return world.startGuest(HypervisorWorld.Kind.PERSISTENT);
    }

    GuestView view(HostRef host, VmRef vm) {
        return driver().find(host, vm.uuid()).orElseThrow(() -> new AssertionError(vm + " isn't on " + host));
    }

    GuestState state(HostRef host, VmRef vm) {
        return view(host, vm).state();
    }

    void pause(VmRef vm) {
        driver().pause(call(vm), first(), vm);
    }

    /** As large as the driver says an image gets at most. */
    HypervisorWorld.SharedDevice deviceFor(VmRef vm) {
        return world.device(driver().estimate(first(), vm).bound());
    }

    static SaveRequest request(
            HypervisorWorld.SharedDevice device, HostRef host, MemoryWriter writer, boolean ownerPaused) {
        return new SaveRequest(device.on(host), device.size(), writer, ownerPaused);
    }

    /** Saves as the engine does: paused first where the writer wants that. */
    Saved save(VmRef vm, MemoryWriter writer, boolean ownerPaused) {
        var device = deviceFor(vm);
        var description = driver().describe(first(), vm);
        if (writer.pausesFirst()) {
            pause(vm);
        }
        var call = call(vm).moving(device.size());
        var image = driver().saveMemory(call, first(), vm, request(device, first(), writer, ownerPaused));
        return new Saved(description, device, image, world.pulse(vm));
    }

    /** Saves and lets go of the guest at its source, so that the image is all there is of it. */
    Saved saveAndEnd(VmRef vm) {
        var saved = save(vm, someWriter(), false);
        driver().destroy(call(vm), first(), vm);
        driver().undefine(call(vm), first(), vm);
        assertThat(driver().find(first(), vm.uuid())).isEmpty();
        return saved;
    }

    RestoreRequest restoreRequest(Saved saved, HostRef host) {
        return restoreRequest(saved, host, DeviceReading.CACHED);
    }

    RestoreRequest restoreRequest(Saved saved, HostRef host, DeviceReading reading) {
        var definition = saved.description().definition();
        var changes = driver().transform(host, definition, Phase.RESTORE);
        return new RestoreRequest(
                saved.vm(),
                saved.device().on(host),
                saved.image().length(),
                reading,
                changes.isEmpty() ? definition : changes.getLast().after(),
                saved.description().persistentDefinition());
    }

    void restorePaused(Saved saved, HostRef host) {
        driver().restorePaused(call(saved.vm()), host, restoreRequest(saved, host));
    }

    /** It is the guest of before, not one that booted anew, and nothing of it was lost. */
    void assertGoesOn(VmRef vm, HypervisorWorld.Pulse before) {
        var now = world.awaitTick(vm);
        assertThat(now.nonce()).as("nonce of %s", vm).isEqualTo(before.nonce());
        assertThat(now.ticks()).as("ticks of %s", vm).isGreaterThan(before.ticks());
    }

    void assertNowhere(VmRef vm) {
        for (var host : List.of(first(), second())) {
            assertThat(driver().find(host, vm.uuid())
                            .filter(view -> view.state().isAlive()))
                    .as("a copy of %s on %s", vm, host)
                    .isEqualTo(Optional.empty());
        }
    }
}
