package io.berth.simulator.fault;

import io.berth.core.operation.Leftover;
import io.berth.core.operation.Sweep;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.simulator.world.SimulatedFolders;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.World;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whoever is told by the garbage collector that a VM has two directories: keeps the one that it runs on, else the one that
 * was written last, and removes the other.
 */
public final class DirectoryOwner {
    private final World world;
    private Set<VmRef> twofold = Set.of();

    public DirectoryOwner(World world) {
        this.world = world;
    }

    /** What was told last counts. */
    public void hears(Sweep sweep) {
        twofold = sweep.leftovers().stream()
                .filter(left -> left.verdict() == Leftover.Verdict.TWO_DIRECTORIES)
                .flatMap(left -> left.vm().stream())
                .collect(Collectors.toSet());
    }

    /** False when nothing was told. */
    public boolean choose() {
        twofold.forEach(vm -> world.folders().forEach(folders -> choose(vm, folders)));
        return !twofold.isEmpty();
    }

    private void choose(VmRef vm, SimulatedFolders folders) {
        var running = hosts().filter(host -> world.host(host).copy(vm.uuid()).isPresent())
                .collect(Collectors.toSet());
        var kept = running.isEmpty() ? newest(vm, folders) : running;
        hosts().filter(host -> !kept.isEmpty() && !kept.contains(host))
                .forEach(host -> folders.remove(host, vm.name()));
    }

    private Set<HostRef> newest(VmRef vm, SimulatedFolders folders) {
        var guest = world.guest(vm.uuid());
        return hosts().filter(host -> folders.find(host, vm.name())
                        .filter(there -> there.isDiskOf(guest))
                        .isPresent())
                .limit(1)
                .collect(Collectors.toSet());
    }

    private Stream<HostRef> hosts() {
        return world.hosts().stream().map(SimulatedHost::ref);
    }
}
