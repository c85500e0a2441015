package io.berth.tck;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.HypervisorDriver;
import java.util.UUID;
import java.util.function.Function;

/** A fake world for the hypervisor suite's own tests. */
final class FakeHypervisorWorld implements HypervisorWorld {
    private final FakeGuests all = new FakeGuests();
    private final HypervisorDriver driver;

    /** @param hypervisor makes the driver to be tried */
    FakeHypervisorWorld(Function<FakeGuests, HypervisorDriver> hypervisor) {
        driver = hypervisor.apply(all);
    }

    @Override
    public HypervisorDriver driver() {
        return driver;
    }

    @Override
    public HostRef first() {
        return new HostRef("h1");
    }

    @Override
    public HostRef second() {
        return new HostRef("h2");
    }

    @Override
    public Call call(VmRef vm) {
        return Call.of(new FencingToken(vm, 1, StorageSubject.freshOperation()));
    }

    @Override
    public VmRef startGuest(Kind kind) {
        var vm = new VmRef(UUID.randomUUID(), "fake \"guest\"");
        var nonce = UUID.randomUUID().toString();
        all.guests.add(new FakeGuests.Guest(vm, first(), GuestState.RUNNING, kind == Kind.PERSISTENT, nonce, 0));
        awaitTick(vm);
        return vm;
    }

    @Override
    public Pulse pulse(VmRef vm) {
        return all.heard.getOrDefault(vm, new Pulse("", 0));
    }

    @Override
    public Pulse awaitTick(VmRef vm) {
        if (!all.tick(vm)) {
            throw new AssertionError("no tick of " + vm);
        }
        return pulse(vm);
    }

    @Override
    public boolean isSilent(VmRef vm) {
        return !all.tick(vm);
    }

    @Override
    public SharedDevice device(DataSize size) {
        var device = new FakeGuests.FakeDevice(size, new DevicePath("/dev/fake" + all.devices.size()));
        all.devices.put(device.path, device);
        return device;
    }

    @Override
    public void leavePartialImage(SharedDevice device, VmRef vm) {
        all.device(device.on(first())).image = new FakeGuests.Image(false, vm, "", 0, false);
    }

    @Override
    public void close() {}
}
