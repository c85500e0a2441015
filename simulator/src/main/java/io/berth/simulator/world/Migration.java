package io.berth.simulator.world;

import io.berth.driver.hypervisor.GuestState;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A guest's memory on its way between two hosts, whose daemons carry on with it whether anybody waits or not (libvirt's
 * peer to peer migration, paused at its end). In each phase they can lose sight of each other.
 */
public final class Migration {
    private static final Duration EACH_PHASE = Duration.ofSeconds(1);
    /** After which a daemon takes a silent peer for lost. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final World world;
    private final SimulatedHost from;
    private final SimulatedHost to;
    private final Copy source;
    private final Copy target;
    private final boolean copiesDisk;
    private final boolean ran;
    private final int targetStarts;
    private Phase phase = Phase.TRANSFER;
    private Instant due;
    private @Nullable Instant torn;

    /** How far it has come. */
    public enum Phase {
        /** Memory is copied; the source runs if it did. */
        TRANSFER,
        /** All of it is copied, the source stands still, the target doesn't know yet. */
        SWITCH,
        /** The target has all and stands paused; the source doesn't know yet. */
        FINISH,
        /** The source is ended. */
        DONE,
        /** The source is as it was. */
        GIVEN_UP
    }

    /** @param copiesDisk besides its memory */
    Migration(World world, SimulatedHost from, SimulatedHost to, Copy source, Copy target, boolean copiesDisk) {
        this.world = world;
        this.from = from;
        this.to = to;
        this.source = source;
        this.target = target;
        this.copiesDisk = copiesDisk;
        this.ran = source.state() == GuestState.RUNNING;
        this.targetStarts = to.starts();
        this.due = world.clock().instant().plus(EACH_PHASE);
    }

    public Phase phase() {
        return phase;
    }

    public boolean isOver() {
        return phase == Phase.DONE || phase == Phase.GIVEN_UP;
    }

    boolean isFrom(SimulatedHost host, UUID vm) {
        return from == host && source.vm().uuid().equals(vm);
    }

    /** Whether its daemons see each other and both copies are there. */
    public boolean isWhole() {
        return from.isReachable() && to.isReachable() && isThere(from, source) && isThere(to, target);
    }

    private static boolean isThere(SimulatedHost host, Copy copy) {
        return host.copy(copy.vm().uuid()).filter(there -> there == copy).isPresent();
    }

    /** The daemons come one phase further. */
    public void next() {
        due = world.clock().instant().plus(EACH_PHASE);
        switch (phase) {
            case TRANSFER -> {
                source.pause();
                phase = Phase.SWITCH;
            }
            case SWITCH -> {
                target.receive(source);
                if (copiesDisk) {
                    target.copyDisk(source, world);
                }
                phase = Phase.FINISH;
            }
            case FINISH -> {
                phase = Phase.DONE;
                from.handOver(source.vm().uuid());
                note("has handed it over");
            }
            case DONE, GIVEN_UP -> {}
        }
    }

    /** Somebody asks to end it: too late once all memory is copied. */
    public void abort() {
        if (phase == Phase.TRANSFER) {
            giveUp();
        }
    }

    /**
     * The source's daemon believes that it failed, and lets its guest go on; the target's drops what isn't whole, and
     * keeps what is.
     */
    public void giveUp() {
        if (isOver()) {
            return;
        }
        var isWholeThere = phase == Phase.FINISH;
        phase = Phase.GIVEN_UP;
        if (!isWholeThere && isThere(to, target)) {
            to.remove(target.vm().uuid());
        }
        if (isThere(from, source) && ran) {
            source.run(world);
        }
        note("has given it up" + (isWholeThere ? " though all of it was there" : ""));
    }

    /** Time passes. */
    void pass() {
        var now = world.clock().instant();
        if (isWhole()) {
            torn = null;
            if (!now.isBefore(due)) {
                next();
            }
            return;
        }
        var since = torn == null ? now : torn;
        torn = since;
        if (!isTorn()) {
            // The source's daemon has heard that all is there, and minds nothing else any more.
            next();
        } else if (!isThere(from, source) || !now.isBefore(since.plus(PATIENCE))) {
            giveUp();
        }
    }

    /** The daemons see each other, but the copy at the target was ended after all of it was there. */
    private boolean isTorn() {
        return phase != Phase.FINISH
                || !from.isReachable()
                || !to.isReachable()
                || to.starts() != targetStarts
                || !isThere(from, source);
    }

    private void note(String what) {
        world.note("daemon of " + from + " " + what + ": " + source.vm().name() + " to " + to);
    }
}
