package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Fencing;
import io.berth.driver.storage.VolumeRef;
import java.util.List;

/** Takes devices away from simulated hosts, whether they can be reached or not. */
final class SimulatedFencing implements Fencing {
    private final Calls calls;

    SimulatedFencing(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<String> cutOff(Call call, VolumeRef volume, HostRef host) {
        return calls.changeStorage("fencing.cut-off", call.token(), () -> {
            var there = calls.world().host(host);
            var device = there.device(volume);
            there.jobs().removeIf(job -> job.volume().equals(volume));
            device.ifPresent(path -> there.devices().remove(path));
            return device.map(path -> List.of(host + path.path())).orElse(List.of());
        });
    }
}
