package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.MigrationRequest;
import java.util.ArrayList;
import java.util.List;

/** Whether a guest could go to another host while it runs, and what it would take along. Only looks; thread-safe. */
public final class LiveWay {
    private final Wiring wiring;
    private final TargetSurveyor targets;
    private final DiskSurveyor disks;

    public LiveWay(Wiring wiring) {
        this.wiring = wiring;
        this.targets = new TargetSurveyor(wiring);
        this.disks = new DiskSurveyor(wiring);
    }

    /**
     * @param definition as it is to be at the target
     * @param moves directories that go along
     * @param obstacles why it can't go; empty when it can
     */
    public record Findings(String definition, List<DirectoryMove> moves, List<Failure> obstacles) {
        public Findings {
            moves = List.copyOf(moves);
            obstacles = List.copyOf(obstacles);
        }
    }

    /** @param guest one that is alive, on another host than the target */
    public Findings look(GuestDescription guest, HostRef target) {
        var source = guest.view().host();
        var vm = guest.view().vm();
        var here = wiring.drivers().hypervisor(source);
        var there = wiring.drivers().hypervisor(target);
        var definition = targets.restorable(target, guest.definition());
        if (!there.type().equals(here.type())) {
            return new Findings(definition, List.of(), List.of(otherHypervisor(target, here.type(), there.type())));
        }
        var obstacles = new ArrayList<>(there.obstacles(target, guest.profile(), guest.definition()));
        var found = disks.lookLive(new DiskSurveyor.Passage(vm, source, target, guest.definition(), definition, true));
        obstacles.addAll(found.obstacles());
        obstacles.addAll(here.migrationObstacles(
                source, vm, new MigrationRequest(target, definition, found.written()), found.brought()));
        return new Findings(definition, found.moves(), obstacles);
    }

    private static Failure otherHypervisor(HostRef target, String here, String there) {
        return Failure.of(FailureKind.CALLER, "migrate.other-hypervisor", "the target has another hypervisor")
                .host(target)
                .why("the guest is " + here + "'s, the target's is " + there)
                .next("choose a host of the same kind")
                .build();
    }
}
