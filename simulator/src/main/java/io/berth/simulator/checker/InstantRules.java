package io.berth.simulator.checker;

import io.berth.driver.VmRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.util.function.Consumer;

/** What holds at every instant, in the middle of an operation too. */
final class InstantRules {
    private final World world;
    private final JournalStore journal;
    private final Losses losses;
    private final DirectoryRules directories;

    InstantRules(World world, JournalStore journal, Losses losses) {
        this.world = world;
        this.directories = new DirectoryRules(world, journal, losses);
        this.journal = journal;
        this.losses = losses;
    }

    void check(Guest guest, Consumer<Violation> found) {
        check(guest, Facts.of(world, guest.vm()), found);
        directories.checkNow(guest, found);
    }

    /** Only that there aren't two. */
    void checkCopies(VmRef vm, Consumer<Violation> found) {
        checkCopies(Facts.of(world, vm), found);
    }

    private static void checkCopies(Facts facts, Consumer<Violation> found) {
        if (facts.isDoubled()) {
            found.accept(new Violation(Clause.ONE_COPY, facts.vm().name() + " is there twice: " + facts.copies()));
        }
    }

    private void check(Guest guest, Facts facts, Consumer<Violation> found) {
        var name = guest.vm().name();
        var isOpen = journal.open().stream().anyMatch(entry -> entry.vm().equals(guest.vm()));
        checkCopies(facts, found);
        if (facts.complete().size() > 1) {
            found.accept(new Violation(Clause.USED_ONCE, name + " has two complete checkpoints"));
        }
        facts.copies().stream()
                .filter(Facts.Placed::runs)
                .forEach(copy -> facts.complete()
                        .forEach(entry -> found.accept(new Violation(
                                Clause.USED_ONCE,
                                name + " runs while " + entry.volume() + " could still be restored"))));
        if (!facts.copies().isEmpty() && facts.hasComplete() && !isOpen) {
            found.accept(new Violation(
                    Clause.ONE_COPY, name + " stands paused beside its complete checkpoint, and nobody works on it"));
        }
        facts.complete().forEach(entry -> checkUsable(guest, entry, found));
        if (facts.isGone() && !losses.isExcused(guest.vm()) && !(isOpen && isWrittenSomewhere(guest))) {
            found.accept(new Violation(Clause.NEVER_NEITHER, name + " is neither alive nor in a complete checkpoint"));
        }
    }

    /** COMPLETE means: all of it is there, durable, and fits the disk. */
    private void checkUsable(Guest guest, Entry entry, Consumer<Violation> found) {
        var volume = world.volume(entry.volume());
        if (volume.isEmpty()) {
            found.accept(new Violation(Clause.NEVER_NEITHER, entry.volume() + " is COMPLETE and isn't there"));
            return;
        }
        var content = volume.get().extent().durable();
        if (!Facts.holds(content, guest)) {
            found.accept(new Violation(
                    Clause.NEVER_NEITHER, entry.volume() + " is COMPLETE and doesn't hold the guest, durable"));
            return;
        }
        var length = content.image().orElseThrow().length();
        if (entry.record()
                .filter(record -> record.imageLength().bytes() == length)
                .isEmpty()) {
            found.accept(
                    new Violation(Clause.NEVER_NEITHER, entry.volume() + " is COMPLETE and its length isn't known"));
        }
    }

    /** While an operation is open it may be on its way into a checkpoint, or back into one. */
    private boolean isWrittenSomewhere(Guest guest) {
        return world.datastores().stream()
                .flatMap(datastore -> datastore.volumes().stream())
                .anyMatch(volume -> Facts.holds(volume.extent().written(), guest));
    }
}
