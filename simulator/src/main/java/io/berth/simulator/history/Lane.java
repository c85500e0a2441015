package io.berth.simulator.history;

import io.berth.driver.Cancellation;
import io.berth.driver.OperationId;
import io.berth.simulator.boundary.EndlessRun;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.lifecycle.Attempt;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request at a time on its way through an engine, and where it stands. */
final class Lane {
    /** More than any sane request takes, tried again and again on a world that is broken. */
    private static final int LIMIT = 4000;

    private final int number;
    private final EngineSlot engine;
    private final Set<String> barred = new HashSet<>();
    private @Nullable Fiber fiber;
    private @Nullable Mishap armed;
    private @Nullable Attempt attempt;
    private @Nullable OperationId operation;
    private Cancellation cancellation = Cancellation.never();
    private int allowed;
    private int crossed;
    private boolean late;
    private @Nullable Site next;

    Lane(int number, EngineSlot engine) {
        this.number = number;
        this.engine = engine;
    }

    int number() {
        return number;
    }

    EngineSlot engine() {
        return engine;
    }

    boolean isIdle() {
        return fiber == null;
    }

    /** Begins something; nothing of it is done yet. */
    void begin(Optional<Attempt> what, Runnable work) {
        turnTo(what);
        cancellation = Cancellation.never();
        armed = null;
        barred.clear();
        crossed = 0;
        next = null;
        late = false;
        fiber = new Fiber(work);
    }

    /** What it is at from here on is another attempt, or none. */
    void turnTo(Optional<Attempt> what) {
        attempt = what.orElse(null);
        operation = null;
    }

    /** Lets it cross that often, or come to its end. */
    void go(int crossings) {
        var current = fiber;
        if (current == null) {
            return;
        }
        allowed = crossings;
        current.go();
        if (current.isOver()) {
            fiber = null;
        }
    }

    /** To be called by each crossing, before it has any effect: waits until it may go on. */
    void waitForLeave(EngineProcess process, Site site) {
        var current = fiber;
        next = site;
        while (allowed == 0 && current != null) {
            current.pause();
            process.requireAlive();
        }
        allowed--;
        if (++crossed > LIMIT) {
            throw new EndlessRun(LIMIT);
        }
    }

    /** Whether it stands right before such a call. */
    boolean isAbout(String what) {
        return fiber != null && next != null && next.what().equals(what);
    }

    void arm(Mishap mishap) {
        armed = mishap;
    }

    /** What is to become of this crossing, if anything. */
    Optional<Mishap> mishap(Site site) {
        var found = Optional.ofNullable(armed).filter(mishap -> mishap.suits(site));
        found.ifPresent(_ -> armed = null);
        return found;
    }

    void bar(Site site) {
        barred.add(key(site));
    }

    boolean isBarred(Site site) {
        return !barred.isEmpty() && barred.contains(key(site));
    }

    private static String key(Site site) {
        return site.kind() == Site.Kind.JOURNAL ? "journal" : site.what() + site.host();
    }

    void calmDown() {
        armed = null;
        barred.clear();
    }

    Optional<Attempt> attempt() {
        return Optional.ofNullable(attempt);
    }

    /** The operation that its request has become; empty before it has a name. */
    Optional<OperationId> operation() {
        return Optional.ofNullable(operation);
    }

    OperationId named(OperationId id) {
        if (operation == null) {
            operation = id;
        }
        return id;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Its process stood still: what it says after that may be old. */
    void overslept() {
        late = true;
    }

    boolean isLate() {
        return late;
    }
}
