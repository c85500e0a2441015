package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Volumes as devices of simulated hosts. */
final class SimulatedAttachments implements Attachments {
    private final SimulatedDatastore datastore;
    private final Calls calls;

    SimulatedAttachments(SimulatedDatastore datastore, Calls calls) {
        this.datastore = datastore;
        this.calls = calls;
    }

    static Failure absent(VolumeRef volume) {
        return Failure.of(FailureKind.STORAGE, "volume.absent", "there is no volume " + volume)
                .next("see 'berth checkpoint list'")
                .build();
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        return calls.change(host, "attachments.attach", call.token(), there -> {
            var _ = datastore.volume(volume).orElseThrow(() -> absent(volume));
            refuseIfTaken(volume, there);
            return there.attach(volume);
        });
    }

    private void refuseIfTaken(VolumeRef volume, SimulatedHost there) {
        if (datastore.capabilities().manyHosts()) {
            return;
        }
        calls.world().hosts().stream()
                .filter(host -> host != there && host.device(volume).isPresent())
                .findFirst()
                .ifPresent(host -> {
                    throw Failure.of(FailureKind.CONFLICT, "volume.attached", volume + " is attached elsewhere")
                            .host(host.ref())
                            .next("detach it there first")
                            .build();
                });
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        calls.change(host, "attachments.detach", call.token(), there -> {
            if (there.jobs().stream().anyMatch(job -> job.volume().equals(volume))) {
                throw Failure.of(FailureKind.CONFLICT, "volume.in-use", volume + " is in use")
                        .host(host)
                        .next("wait until nobody has it open any more")
                        .build();
            }
            return there.devices().values().removeIf(volume::equals);
        });
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return calls.look(host, "attachments.device", there -> there.device(volume));
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        return calls.lookAtStorage(
                "attachments.hosts",
                () -> calls.world().hosts().stream()
                        .filter(SimulatedHost::isReachable)
                        .filter(host -> host.device(volume).isPresent())
                        .map(SimulatedHost::ref)
                        .collect(Collectors.toSet()));
    }
}
