package io.berth.simulator.checker;

import io.berth.core.run.RunResult;
import io.berth.driver.VmRef;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a world against the promise: at every instant, when Berth reports something, and at the end. It looks at the
 * world itself, never through a driver, and remembers what it found.
 */
public final class PromiseChecker {
    private static final int ENOUGH = 8;

    private final World world;
    private final Losses losses;
    private final InstantRules instant;
    private final FinalRules ending;
    private final ReportRules reports;
    private boolean intruded;
    private final Set<VmRef> resumedByHand = new HashSet<>();
    private boolean journalLost;
    private final Set<Violation> found = new LinkedHashSet<>();

    public PromiseChecker(World world, JournalStore journal) {
        this.world = world;
        this.losses = new Losses(world, journal);
        this.instant = new InstantRules(world, journal, losses);
        this.ending = new FinalRules(world, journal, losses);
        this.reports = new ReportRules(world, journal, losses);
    }

    /** To be called before a guest's process ends by itself: that takes its memory, unless a checkpoint has it. */
    public void vanishes(VmRef vm) {
        if (!Facts.of(world, vm).hasComplete()) {
            losses.vanished(vm);
        }
    }

    /** Its user gave the guest's memory up. */
    public void givenUp(VmRef vm) {
        losses.givenUp(vm);
    }

    /** Its user gave the guest's disk up, too: it may go when the guest is gone. */
    public void diskGivenUp(VmRef vm) {
        losses.diskGivenUp(vm);
    }

    /** Its user gave the guest's memory up, and was refused: it must be there as before. */
    public void keptAfterAll(VmRef vm) {
        losses.keptAfterAll(vm);
    }

    /** To be called when the storage has lost what wasn't flushed. */
    public void storageFailed() {
        losses.storageFailed();
    }

    /** Somebody goes behind Berth's back: all that can be asked of it then is that it makes no second copy. */
    public void intruded() {
        intruded = true;
    }

    /**
     * Somebody lets the guest run in the middle of a suspend: until that is noticed it may run beside its checkpoint.
     * What comes out in the end must be as good as ever.
     */
    public void resumedByHand(VmRef vm) {
        resumedByHand.add(vm);
    }

    /** Somebody made its hosts forget it: whether one of them knows it in the end is theirs to say. */
    public void undefinedByHand(VmRef vm) {
        ending.undefinedByHand(vm);
    }

    public boolean isResumedByHand(VmRef vm) {
        return resumedByHand.contains(vm);
    }

    /** Nobody works on the guest any more: from here all must be as if nobody had let it run. */
    public void settled(VmRef vm) {
        resumedByHand.remove(vm);
    }

    /** Until it has been rebuilt nobody can know what belongs to whom. */
    public void journalLost(boolean now) {
        journalLost = now;
    }

    /** The journal was lost, and the storage doesn't know the operation: a person has to look for the guest. */
    public void forgotten() {
        ending.forgotten();
    }

    public boolean isJournalLost() {
        return journalLost;
    }

    public World world() {
        return world;
    }

    /** Whether there is a checkpoint it could be restored from. */
    public boolean isSaved(VmRef vm) {
        return Facts.of(world, vm).hasComplete();
    }

    /** What belongs to the world before Berth is watched. */
    public void takeBaseline() {
        ending.takeBaseline();
    }

    /** To be called after every crossing of the boundary. */
    public void look() {
        if (found.size() >= ENOUGH) {
            return;
        }
        for (var guest : world.guests()) {
            if (intruded || journalLost || resumedByHand.contains(guest.vm())) {
                instant.checkCopies(guest.vm(), found::add);
            } else {
                instant.check(guest, found::add);
            }
        }
    }

    /** To be called when an engine answers its user, before anything else happens. */
    public void reported(Expectation expectation, RunResult result) {
        if (!intruded) {
            reports.check(expectation, result, found::add);
        }
    }

    /** As {@link #reported}, by an engine that slept while others went on with the guest. */
    public void reportedLate(RunResult result) {
        reports.checkJournal(result, found::add);
    }

    /** To be called when recovery has come to an end. */
    public void end(Expectation expectation) {
        settled(expectation.vm());
        look();
        if (!intruded) {
            ending.check(expectation, found::add);
        }
    }

    /** To be called when the garbage collector has been on every host that isn't dead: no directory is left then. */
    public void swept(Expectation expectation) {
        if (!intruded) {
            ending.checkSwept(expectation, found::add);
        }
    }

    public void add(Violation violation) {
        found.add(violation);
    }

    /** All that was found so far, the world's own observations included. */
    public List<Violation> violations() {
        var all = new ArrayList<Violation>(found);
        if (!intruded) {
            all.addAll(world.breaches());
        }
        return List.copyOf(all);
    }
}
