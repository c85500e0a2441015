package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.opennebula.walk.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What goes wrong with real hosts and drivers: one thing an action at most, some moments after something was asked for
 * and before it is answered. Nobody decides what is in the middle of what then.
 */
final class LabWeather implements Weather {
    private static final int LATEST_MILLIS = 2500;
    /** Something is brewing in every other action: in half of these, for the drivers. */
    private static final List<Mishap> DICE =
            List.of(Mishap.DRIVERS_KILLED, Mishap.DRIVERS_KILLED, Mishap.POWER_CUT, Mishap.NETWORK_CUT);

    private final Lab lab;
    private final List<HostRef> nodes;
    private final Random random;
    private final List<Mishap> dice;
    /** Waits until all hosts answer again. */
    private final Runnable awaitHosts;

    private final Set<HostRef> away = ConcurrentHashMap.newKeySet();
    private final Set<HostRef> withoutPower = ConcurrentHashMap.newKeySet();
    private final List<String> struck = new CopyOnWriteArrayList<>();
    private volatile Optional<Blow> brewing = Optional.empty();

    /** @param mishaps that may happen; none: fine weather */
    LabWeather(Lab lab, List<HostRef> nodes, Random random, Set<Mishap> mishaps, Runnable awaitHosts) {
        this.lab = lab;
        this.nodes = nodes;
        this.random = random;
        this.dice = DICE.stream().filter(mishaps::contains).toList();
        this.awaitHosts = awaitHosts;
    }

    /** What can go wrong. */
    enum Mishap {
        /** SIGKILL to them. */
        DRIVERS_KILLED,
        POWER_CUT,
        NETWORK_CUT
    }

    /** @param host that it happens to, if it does to one */
    private record Blow(Mishap mishap, HostRef host, Duration after) {
        @Override
        public String toString() {
            return mishap + (mishap == Mishap.DRIVERS_KILLED ? "" : " " + host) + " after " + after.toMillis() + " ms";
        }
    }

    @Override
    public String brew() {
        var host = nodes.get(random.nextInt(nodes.size()));
        var after = Duration.ofMillis(random.nextInt(LATEST_MILLIS));
        brewing = dice.isEmpty() || random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Blow(dice.get(random.nextInt(dice.size())), host, after));
        return brewing.map(Blow::toString).orElse("");
    }

    /**
     * Until it is closed, somebody waits for an answer: what is brewing strikes when that has taken long enough, and goes on
     * brewing when it hasn't.
     */
    Answering whileAnswering(Runnable killDrivers) {
        var answered = new CountDownLatch(1);
        var striking = Thread.startVirtualThread(() -> brewing.ifPresent(blow -> strike(blow, answered, killDrivers)));
        return () -> {
            answered.countDown();
            join(striking);
        };
    }

    /** Closed when the answer is there; nothing strikes any more then. */
    interface Answering extends AutoCloseable {
        @Override
        void close();
    }

    private static void join(Thread striking) {
        try {
            striking.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private void strike(Blow blow, CountDownLatch answered, Runnable killDrivers) {
        try {
            if (answered.await(blow.after().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        brewing = Optional.empty();
        switch (blow.mishap()) {
            case DRIVERS_KILLED -> {
                struck.add(blow.mishap().name());
                killDrivers.run();
            }
            case POWER_CUT -> {
                if (leaves(blow)) {
                    withoutPower.add(blow.host());
                    lab.powerOff(blow.host().name());
                }
            }
            case NETWORK_CUT -> {
                if (leaves(blow)) {
                    lab.cut(blow.host().name());
                }
            }
        }
    }

    /** False: its host was away before. */
    private boolean leaves(Blow blow) {
        var leaves = away.add(blow.host());
        if (leaves) {
            struck.add(blow.mishap().name());
        }
        return leaves;
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

    @Override
    public List<String> struck() {
        return List.copyOf(struck);
    }

    boolean hasPower(HostRef host) {
        return !withoutPower.contains(host);
    }
}
