package io.berth.simulator.fleet;

import io.berth.core.operation.Recovered;
import io.berth.driver.HostRef;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.checker.Expectation;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What people do when a fleet was struck: they bring hosts back, call others dead, have Berth recover, and tidy up. */
final class Aftermath {
    private static final int ROUNDS = 5;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final FleetScene scene;

    Aftermath(FleetScene scene) {
        this.scene = scene;
    }

    /** All hosts are up and seen again, but for those. */
    void bringBack(Set<HostRef> butFor) {
        for (var host : scene.world().hosts()) {
            scene.world().healNetwork(host);
            if (!butFor.contains(host.ref())) {
                scene.world().givePower(host);
            }
        }
    }

    /** Until nothing is open, or it is no use: what a host has part in that nobody has called dead rests. */
    void recover(Set<HostRef> dead) {
        for (var round = 0; round < ROUNDS && !scene.journal().open().isEmpty(); round++) {
            scene.world().pass(BETWEEN);
            scene.inAnother(
                            Injector.none(),
                            engine -> engine.operations()
                                    .recover(engine.operations().options().withDead(dead)))
                    .orElse(List.of())
                    .forEach(this::heed);
        }
    }

    /** A copy stands paused, and nobody but a person can find out whether it is the guest. */
    private void heed(Recovered recovered) {
        recovered
                .result()
                .flatMap(result -> result.failure())
                .filter(why -> why.is("migrate.in-doubt"))
                .ifPresent(_ -> {
                    var vm = recovered.operation().vm();
                    var _ = scene.world().decideByHand(scene.world().guest(vm.uuid()));
                });
    }

    /**
     * Nothing is left behind but on hosts that are dark, and every guest is somewhere. One whose memory went with a host that
     * was called dead may be known to none: then it is its owner who still has its definition. All others may not.
     *
     * @param calledDead ever
     * @param dark of them, those that still are
     */
    void settle(Set<HostRef> calledDead, Set<HostRef> dark) {
        scene.inAnother(Injector.none(), engine -> engine.operations().collectGarbage(true));
        for (var guest : scene.guests()) {
            var isKnown = calledDead.isEmpty() || !scene.whereabouts(guest).isEmpty();
            scene.checker().end(new Expectation(guest.vm(), isKnown, false, dark));
        }
    }
}
