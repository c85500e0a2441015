package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.Fencing;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.ceph.CephClients.Known;
import io.berth.storage.hosts.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has the cluster refuse those clients that have the volume's image open from one of the host's addresses: never the host,
 * whose other images are other clients'. One of which nobody knows whose it is is refused by nobody, and gets the time
 * that the cluster needs to forget a dead one.
 */
final class CephFencing implements Fencing {
    /** Longer than anyone leaves a host that was called dead lie; a checkpoint is gone long before. */
    private static final Duration REFUSED_FOR = Duration.ofDays(1);

    private final CephPool pool;
    private final CephClients clients;
    private final Patience deadClients;

    /** @param deadClients a client that died counts as one that has its images open for another 30 s */
    CephFencing(CephPool pool, CephClients clients, Patience deadClients) {
        this.pool = pool;
        this.clients = clients;
        this.deadClients = deadClients;
    }

    @Override
    public List<String> cutOff(Call call, VolumeRef volume, HostRef host) {
        if (pool.watchers(volume).isEmpty()) {
            return List.of();
        }
        var known = clients.known(volume, host);
        var refused = new TreeSet<String>();
        if (!deadClients.until(() -> refuse(call, volume, known, refused))) {
            throw notCutOff(volume, host, known);
        }
        return List.copyOf(refused);
    }

    /** Whether only others' clients are left; the host may have opened it once more since the last look. */
    private boolean refuse(Call call, VolumeRef volume, Known known, Set<String> refused) {
        for (var client : pool.watchers(volume)) {
            if (known.isOwn(client) && refused.add(client)) {
                pool.refuse(call, volume, client, REFUSED_FOR);
            }
        }
        return pool.watchers(volume).stream().allMatch(known::isAnothers);
    }

    private Failure notCutOff(VolumeRef volume, HostRef host, Known known) {
        return Failure.of(FailureKind.CONFLICT, "volume.not-cut-off", host + " can't be cut off from volume " + volume)
                .why("clients have it open: " + String.join(", ", pool.watchers(volume))
                        + (known.own().isEmpty()
                                ? "; nobody noted which addresses that host has"
                                : "; that host's are " + new TreeSet<>(known.own())))
                .next("end those clients, or have the cluster refuse them one by one ('ceph osd blocklist add"
                        + " ADDRESS:PORT/NONCE'), then try again")
                .build();
    }
}
