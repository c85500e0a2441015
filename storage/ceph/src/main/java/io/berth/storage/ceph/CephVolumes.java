package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.Capacity;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import io.berth.storage.hosts.Patience;
import java.util.List;
import java.util.Optional;

/** Volumes as images. */
final class CephVolumes implements Volumes {
    /** An image's objects have this size unless somebody wants otherwise; a fraction of one gains nothing. */
    private static final DataSize GRAIN = DataSize.ofMebibytes(4);

    private final CephPool pool;
    private final CephAttachments attachments;
    private final CephFailures failures;
    private final Patience deadClients;

    /** @param deadClients a client that died counts as one that has its images open for another 30 s */
    CephVolumes(CephPool pool, CephAttachments attachments, CephFailures failures, Patience deadClients) {
        this.pool = pool;
        this.attachments = attachments;
        this.failures = failures;
        this.deadClients = deadClients;
    }

    @Override
    public VolumeInfo create(Call call, VolumeRef volume, DataSize atLeast) {
        var size = inGrains(atLeast);
        if (pool.create(call, volume, size)) {
            return new VolumeInfo(volume, size, DataSize.ZERO);
        }
        var there = find(volume).orElseThrow(() -> failures.absent(volume));
        if (size.exceeds(there.size())) {
            throw Failure.of(
                            FailureKind.STORAGE, "volume.too-small", "volume " + volume + " can't be made with " + size)
                    .why("it is there already, and has " + there.size())
                    .next("find out whose it is with 'berth checkpoint list'; delete it or use another name")
                    .build();
        }
        return there;
    }

    @Override
    public Optional<VolumeInfo> find(VolumeRef volume) {
        return pool.size(volume).flatMap(size -> pool.used(volume).map(used -> new VolumeInfo(volume, size, used)));
    }

    /** Counting what each takes would look at every object in the pool. */
    @Override
    public List<VolumeInfo> list() {
        return pool.sizes().entrySet().stream()
                .map(volume -> new VolumeInfo(volume.getKey(), volume.getValue(), volume.getValue()))
                .toList();
    }

    @Override
    public void grow(Call call, VolumeRef volume, DataSize atLeast) {
        var size = inGrains(atLeast);
        var before = pool.size(volume).orElseThrow(() -> failures.absent(volume));
        if (size.exceeds(before)) {
            pool.resize(call, volume, size);
        }
        // Also when it has the size already: whoever enlarged it may have died before the hosts heard of it.
        attachments.readSizesAnew(call, volume, size.exceeds(before) ? size : before);
    }

    @Override
    public void delete(Call call, VolumeRef volume) {
        var attached = attachments.hosts(volume);
        if (!attached.isEmpty()) {
            throw attached(volume, "it is attached on " + attached);
        }
        if (!deadClients.until(() -> pool.remove(call, volume))) {
            throw attached(volume, "clients have it open: " + String.join(", ", pool.watchers(volume)));
        }
        pool.drop(call, volume);
    }

    private static Failure attached(VolumeRef volume, String why) {
        return Failure.of(FailureKind.CONFLICT, "volume.attached", "volume " + volume + " can't be deleted")
                .why(why)
                .next("detach it there first; if a guest was restored from it, wait until it runs")
                .build();
    }

    @Override
    public Capacity capacity() {
        return pool.room();
    }

    private static DataSize inGrains(DataSize atLeast) {
        return atLeast.exceeds(GRAIN) ? atLeast.roundUpTo(GRAIN) : GRAIN;
    }
}
