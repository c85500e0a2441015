package io.berth.opennebula.explain;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.oned.Datastore;
import io.berth.opennebula.oned.DatastoreType;
import io.berth.opennebula.oned.Host;
import io.berth.opennebula.oned.Oned;
import io.berth.transport.script.SshWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks through all hosts and storage of an OpenNebula for what its drivers left behind. Looking changes nothing, and
 * nothing is ever deleted. Thread-safe.
 */
public final class Sweep {
    /** Whose volumes with memory can be told by their names. */
    private static final Set<String> WITH_VOLUMES = Set.of("ceph", "storpool", "linstor_un");

    private final Oned oned;
    private final SweepLook look;

    Sweep(Oned oned, SweepLook look) {
        this.oned = oned;
        this.look = look;
    }

    /** @param oned the core whose hosts the user's own ssh reaches */
    public static Sweep of(Oned oned) {
        return new Sweep(
                oned,
                SweepLook.through(new SshWay("ssh", List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=10"), "sh")));
    }

    /**
     * What was found.
     *
     * @param silent machines and storage that gave no answer: what is left there isn't known
     */
    public record Findings(List<Leftover> leftovers, List<Failure> silent) {
        public Findings {
            leftovers = List.copyOf(leftovers);
            silent = List.copyOf(silent);
        }
    }

    /** @throws Failure as {@link Oned} throws them: without the core nobody knows what belongs to whom */
    public Findings findings() {
        var datastores = oned.datastores().stream()
                .filter(datastore -> datastore.type() == DatastoreType.SYSTEM)
                .toList();
        var silent = new ArrayList<Failure>();
        var folders = new ArrayList<FoundFolder>();
        var volumes = new ArrayList<FoundVolume>();
        machines(datastores).forEach(seen -> seen.into(folders, silent));
        datastores.stream()
                .filter(datastore -> WITH_VOLUMES.contains(datastore.transferDriver()))
                .forEach(datastore -> volumes(datastore).into(volumes, silent));
        // Last: a VM that is made or has moved while hosts were asked isn't taken for one that isn't there.
        var vms = oned.vms();
        return new Findings(new Unclaimed(vms, folders).leftovers(volumes), silent);
    }

    private List<SweepLook.Seen<FoundFolder>> machines(List<Datastore> datastores) {
        Map<String, Integer> byPath = datastores.stream()
                .collect(Collectors.toMap(
                        datastore -> datastore.basePath().replaceAll("/{2,}", "/"), Datastore::id, (one, _) -> one));
        var machines = Stream.concat(oned.hosts().stream().map(Host::name), Stream.of(HostLook.FRONT_END));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return machines
                    .map(machine -> CompletableFuture.supplyAsync(() -> look.folders(machine, byPath), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private SweepLook.Seen<FoundVolume> volumes(Datastore datastore) {
        var machine = datastore
                .attribute("BRIDGE_LIST")
                .map(list -> list.strip().split("\\s+")[0])
                .orElse(HostLook.FRONT_END);
        return look.volumes(
                machine,
                datastore.transferDriver(),
                datastore.attribute("POOL_NAME").orElse("one"),
                datastore.attribute("CEPH_USER").orElse(""));
    }

    static Failure silent(String what, String why) {
        return Failure.of(FailureKind.ENVIRONMENT, "sweep.no-answer", what + " gave no answer")
                .why(why)
                .next("make it answer, and look again: what is left there isn't known")
                .build();
    }
}
