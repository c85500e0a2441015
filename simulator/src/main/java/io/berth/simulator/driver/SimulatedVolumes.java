package io.berth.simulator.driver;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import io.berth.simulator.world.Image;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.SimulatedVolume;
import java.util.List;
import java.util.Optional;

/** Volumes of a simulated datastore. A new one may hold what its stretch of storage held before. */
final class SimulatedVolumes implements Volumes {
    private static final DataSize GRAIN = DataSize.ofMebibytes(1);

    private final SimulatedDatastore datastore;
    private final Calls calls;

    SimulatedVolumes(SimulatedDatastore datastore, Calls calls) {
        this.datastore = datastore;
        this.calls = calls;
    }

    @Override
    public VolumeInfo create(Call call, VolumeRef volume, DataSize atLeast) {
        return calls.changeStorage("volumes.create", call.token(), () -> {
            var there = datastore.volume(volume).orElseGet(() -> datastore.create(volume, atLeast.roundUpTo(GRAIN)));
            if (atLeast.exceeds(there.size())) {
                throw Failure.of(FailureKind.STORAGE, "volume.too-small", "there is a smaller volume " + volume)
                        .next("use another name")
                        .build();
            }
            return info(there);
        });
    }

    @Override
    public Optional<VolumeInfo> find(VolumeRef volume) {
        return calls.lookAtStorage(
                "volumes.find", () -> datastore.volume(volume).map(this::info));
    }

    @Override
    public List<VolumeInfo> list() {
        return calls.lookAtStorage(
                "volumes.list",
                () -> datastore.volumes().stream().map(this::info).toList());
    }

    @Override
    public void grow(Call call, VolumeRef volume, DataSize atLeast) {
        calls.changeStorage("volumes.grow", call.token(), () -> {
            if (!datastore.capabilities().grow()) {
                throw Failure.of(FailureKind.STORAGE, "volume.cannot-grow", "volumes here keep their size")
                        .next("make a larger one")
                        .build();
            }
            datastore
                    .volume(volume)
                    .orElseThrow(() -> SimulatedAttachments.absent(volume))
                    .grow(atLeast.roundUpTo(GRAIN));
            return true;
        });
    }

    @Override
    public void delete(Call call, VolumeRef volume) {
        calls.changeStorage("volumes.delete", call.token(), () -> {
            calls.world().hosts().stream()
                    .filter(SimulatedHost::isReachable)
                    .filter(host -> host.device(volume).isPresent())
                    .findFirst()
                    .ifPresent(host -> {
                        throw Failure.of(FailureKind.CONFLICT, "volume.attached", volume + " is attached")
                                .host(host.ref())
                                .next("detach it there first")
                                .build();
                    });
            datastore.delete(volume);
            return true;
        });
    }

    @Override
    public Capacity capacity() {
        return calls.lookAtStorage(
                "volumes.capacity", () -> new Capacity(DataSize.ofMebibytes(1 << 20), DataSize.ofMebibytes(1 << 20)));
    }

    private VolumeInfo info(SimulatedVolume volume) {
        return new VolumeInfo(
                volume.ref(), volume.size(), datastore.capabilities().thin() ? used(volume) : volume.size());
    }

    private static DataSize used(SimulatedVolume volume) {
        var written = volume.extent().written().image().map(Image::length).orElse(0L);
        return new DataSize(Math.min(written, volume.size().bytes()));
    }
}
