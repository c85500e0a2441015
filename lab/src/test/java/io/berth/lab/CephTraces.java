package io.berth.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Berth's operations have made in the lab's Ceph and on its hosts, and not removed. Looked at behind its back. */
final class CephTraces {
    private final Lab lab;

    CephTraces(Lab lab) {
        this.lab = lab;
    }

    List<String> all() {
        return Stream.of(images(), entries(), onHosts()).flatMap(List::stream).toList();
    }

    List<String> images() {
        return linesOf(lab.ceph().run("rbd", "ls", "--pool", Ceph.POOL)).toList();
    }

    private List<String> entries() {
        if (linesOf(lab.ceph().run("rados", "--pool", Ceph.POOL, "ls")).noneMatch("berth.ledger"::equals)) {
            return List.of();
        }
        return linesOf(lab.ceph().run("rados", "--pool", Ceph.POOL, "listomapkeys", "berth.ledger"))
                .toList();
    }

    /** Mounts, daemons, files, devices: what a suspended VM must not have either. */
    List<String> onHosts() {
        var traces = new ArrayList<String>();
        LoopDevices.of(lab).attached("/run/berth/ceph").forEach((device, file) -> traces.add(device + " over " + file));
        for (var host : List.of("h1", "h2")) {
            linesOf(lab.in(host, "sh", "-c", "find /run/berth/ceph -type f 2>/dev/null; pgrep -a qemu-storage; true"))
                    .forEach(trace -> traces.add(trace + " on " + host));
        }
        return traces;
    }

    private static Stream<String> linesOf(Ran ran) {
        return ran.orFail().output().lines().filter(line -> !line.isBlank());
    }
}
