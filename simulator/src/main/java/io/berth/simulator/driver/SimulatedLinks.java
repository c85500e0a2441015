package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostLinks;
import java.util.Optional;

/** Symbolic links on simulated hosts: they outlive a power cut. */
final class SimulatedLinks implements HostLinks {
    private final Calls calls;

    SimulatedLinks(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void publish(Call call, HostRef host, String path, DevicePath device) {
        calls.change(host, "links.publish", call.token(), there -> {
            there.links().put(path, device.path());
            return true;
        });
    }

    @Override
    public void remove(Call call, HostRef host, String path) {
        calls.change(host, "links.remove", call.token(), there -> {
            there.links().remove(path);
            return true;
        });
    }

    @Override
    public Optional<String> read(HostRef host, String path) {
        return calls.look(
                host, "links.read", there -> Optional.ofNullable(there.links().get(path)));
    }
}
