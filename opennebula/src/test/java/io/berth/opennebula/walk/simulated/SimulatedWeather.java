package io.berth.opennebula.walk.simulated;

import io.berth.driver.HostRef;
import io.berth.opennebula.simulated.OneFault;
import io.berth.opennebula.walk.Weather;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What goes wrong: one thing at a time, at one of the engines' next calls. Hosts that are away come back when somebody has
 * waited for them long enough.
 */
final class SimulatedWeather implements Weather, Injector {
    /** In how many calls it strikes at the latest: most demands make fewer. */
    private static final int SOON = 50;

    private static final int PATIENCE = 3;

    private final World world;
    private final Random random;
    private Optional<Blow> blow = Optional.empty();
    private int callsLeft;
    private int waits;
    private final List<String> struck = new ArrayList<>();

    SimulatedWeather(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    private sealed interface Blow {
        record Fault(OneFault.Kind kind) implements Blow {}

        record PowerCut(HostRef host) implements Blow {}

        record NetworkCut(HostRef host) implements Blow {}
    }

    @Override
    public String brew() {
        var host = SimulatedSite.NODES.get(random.nextInt(SimulatedSite.NODES.size()));
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
        struck.add(now.getClass().getSimpleName());
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

    @Override
    public void turn() {
        if (random.nextInt(3) == 0) {
            clearUp();
        }
    }

    @Override
    public void clearUp() {
        blow = Optional.empty();
        world.hosts().forEach(host -> {
            world.healNetwork(host);
            world.givePower(host);
        });
    }

    @Override
    public boolean isAway(HostRef host) {
        return !world.host(host).isReachable();
    }

    @Override
    public List<String> struck() {
        return List.copyOf(struck);
    }
}
