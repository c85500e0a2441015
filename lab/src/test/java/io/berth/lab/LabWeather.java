package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.opennebula.walk.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What goes wrong with real hosts and drivers: one thing an action at most, some moments after something was asked for.
 * Nobody decides what is in the middle of what then.
 */
final class LabWeather implements Weather {
    private static final int LATEST_MILLIS = 2500;

    private final Lab lab;
    private final List<HostRef> nodes;
    private final Random random;
    /** Waits until all hosts answer again. */
    private final Runnable awaitHosts;

    private final Set<HostRef> away = ConcurrentHashMap.newKeySet();
    private final Set<HostRef> withoutPower = ConcurrentHashMap.newKeySet();
    private Optional<Blow> brewing = Optional.empty();

    LabWeather(Lab lab, List<HostRef> nodes, Random random, Runnable awaitHosts) {
        this.lab = lab;
        this.nodes = nodes;
        this.random = random;
        this.awaitHosts = awaitHosts;
    }

    private sealed interface Blow {
        /** SIGKILL to the drivers. */
        record DriversKilled(Duration after) implements Blow {}

        record PowerCut(HostRef host, Duration after) implements Blow {}

        record NetworkCut(HostRef host, Duration after) implements Blow {}

        Duration after();
    }

    @Override
    public String brew() {
        var host = nodes.get(random.nextInt(nodes.size()));
        var after = Duration.ofMillis(random.nextInt(LATEST_MILLIS));
        brewing = switch (random.nextInt(8)) {
            case 0, 1 -> Optional.of(new Blow.DriversKilled(after));
            case 2 -> Optional.of(new Blow.PowerCut(host, after));
            case 3 -> Optional.of(new Blow.NetworkCut(host, after));
            default -> Optional.empty();
        };
        return brewing.map(Blow::toString).orElse("");
    }

    /** What is brewing strikes after a while, in a thread of its own; it has when that ends. */
    Thread strike(Runnable killDrivers) {
        var blow = brewing;
        brewing = Optional.empty();
        return Thread.startVirtualThread(() -> blow.ifPresent(it -> strike(it, killDrivers)));
    }

    private void strike(Blow blow, Runnable killDrivers) {
        try {
            Thread.sleep(blow.after()); // the moment, whatever goes on in it
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        switch (blow) {
            case Blow.DriversKilled _ -> killDrivers.run();
            case Blow.PowerCut(var host, var _) -> {
                if (away.add(host)) {
                    withoutPower.add(host);
                    lab.powerOff(host.name());
                }
            }
            case Blow.NetworkCut(var host, var _) -> {
                if (away.add(host)) {
                    lab.cut(host.name());
                }
            }
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
        brewing = Optional.empty();
        if (lab.heal()) {
            withoutPower.clear();
            away.clear();
            awaitHosts.run();
        }
    }

    @Override
    public boolean isAway(HostRef host) {
        return away.contains(host);
    }

    boolean hasPower(HostRef host) {
        return !withoutPower.contains(host);
    }
}
