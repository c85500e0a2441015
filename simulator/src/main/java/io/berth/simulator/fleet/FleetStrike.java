package io.berth.simulator.fleet;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Lets the calls of a fleet's engine pass, but for one that is struck. */
final class FleetStrike implements Injector {
    private static final int NEVER = -1;
    private static final HostRef MAIN = new HostRef("h1");

    private final int position;
    private final FleetFault fault;
    private final SortedMap<Integer, Site> sites = new TreeMap<>();
    private final List<Supplier<?>> delayed = new ArrayList<>();
    private Set<HostRef> dead = Set.of();
    private boolean struck;

    FleetStrike(int position, FleetFault fault) {
        this.position = position;
        this.fault = fault;
    }

    /** Nothing goes wrong. */
    static FleetStrike none() {
        return new FleetStrike(NEVER, FleetFault.KILL_BEFORE);
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        sites.put(crossing.position(), crossing.site());
        if (crossing.position() != position) {
            return crossing.effect().get();
        }
        struck = true;
        crossing.world().note("*** " + fault + " strikes " + crossing.site());
        var host = crossing.world().host(crossing.site().host().orElse(MAIN));
        return switch (fault) {
            case KILL_BEFORE -> throw crossing.engine().die();
            case KILL_AFTER -> {
                var _ = crossing.effect().get();
                throw crossing.engine().die();
            }
            case DELAYED -> {
                delayed.add(crossing.effect());
                throw crossing.engine().die();
            }
            case POWER_CUT -> {
                crossing.world().cutPower(host);
                yield crossing.effect().get();
            }
            case HOST_DIES -> {
                dead = Set.of(host.ref());
                crossing.world().cutPower(host);
                yield crossing.effect().get();
            }
            case NETWORK_CUT -> {
                crossing.world().cutNetwork(host);
                yield crossing.effect().get();
            }
        };
    }

    /** All that crossed, by position. */
    SortedMap<Integer, Site> sites() {
        return sites;
    }

    boolean hasStruck() {
        return struck;
    }

    /** The host that stays dark until it was called dead. */
    Set<HostRef> dead() {
        return dead;
    }

    /** Delivers what was on its way all the time. */
    void deliver() {
        for (var effect : delayed) {
            try {
                var _ = effect.get();
            } catch (Failure | EngineDied _) {
                // Refused, or begun without anybody to wait for it: the checker looks at what came of it.
            }
        }
    }
}
