package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.simulated.OneFault;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.world.World;
import java.util.Optional;
import java.util.Random;

/**
 * What goes wrong: one thing at a time, at one of the engines' next calls. Hosts that are away come back when somebody has
 * waited for them long enough.
 */
final class Weather implements Injector {
    /** In how many calls it strikes at the latest: most demands make fewer. */
    private static final int SOON = 50;

    private static final int PATIENCE = 3;

    private final World world;
    private final Random random;
    private Optional<Blow> blow = Optional.empty();
    private int callsLeft;
    private int waits;

    Weather(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    private sealed interface Blow {
        record Fault(OneFault.Kind kind) implements Blow {}

        record PowerCut(HostRef host) implements Blow {}

        record NetworkCut(HostRef host) implements Blow {}
    }

    /** Something will strike, or nothing. */
    String brew() {
        var host = WalkedSite.NODES.get(random.nextInt(WalkedSite.NODES.size()));
        var faults = OneFault.Kind.values();
        blow = switch (random.nextInt(8)) {
            case 0, 1 -> Optional.of(new Blow.Fault(faults[random.nextInt(faults.length)]));
            case 2 -> Optional.of(new Blow.PowerCut(host));
            case 3 -> Optional.of(new Blow.NetworkCut(host));
            default -> Optional.empty();
        };
        callsLeft = random.nextInt(SOON);
        return blow.map(it -> it + " in " + callsLeft + " calls").orElse("");
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        if (blow.isEmpty() || callsLeft-- > 0) {
            return crossing.effect().get();
        }
        var now = blow.get();
        blow = Optional.empty();
        return switch (now) {
            case Blow.Fault(var kind) -> kind.strike(crossing);
            case Blow.PowerCut(var host) -> {
                world.cutPower(world.host(host));
                yield crossing.effect().get();
            }
            case Blow.NetworkCut(var host) -> {
                world.cutNetwork(world.host(host));
                yield crossing.effect().get();
            }
        };
    }

    /** Somebody waits for an answer. */
    void waited() {
        if (++waits % PATIENCE == 0) {
            clearUp();
        }
    }

    /** Now and then hosts come back by themselves. */
    void turn() {
        if (random.nextInt(3) == 0) {
            clearUp();
        }
    }

    /** Nothing will strike, and all hosts are there. */
    void clearUp() {
        blow = Optional.empty();
        world.hosts().forEach(host -> {
            world.healNetwork(host);
            world.givePower(host);
        });
    }
}
