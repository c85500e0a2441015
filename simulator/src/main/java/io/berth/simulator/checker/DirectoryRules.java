package io.berth.simulator.checker;

import io.berth.core.journal.OperationState;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedFolders;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds of the directories with guests' disks. That no guest runs on an old one the world itself sees. */
final class DirectoryRules {
    private final World world;
    private final JournalStore journal;
    private final Losses losses;

    DirectoryRules(World world, JournalStore journal, Losses losses) {
        this.world = world;
        this.journal = journal;
        this.losses = losses;
    }

    /** At every instant, under whatever name and on whatever host, one is durable that the guest can go on from. */
    void checkNow(Guest guest, Consumer<Violation> found) {
        if (guest.directory().isPresent()
                && !losses.mayLoseItsDisk(guest.vm())
                && world.folders().flatMap(SimulatedFolders::everywhere).noneMatch(there -> there.isDiskOf(guest))) {
            found.accept(new Violation(Clause.NEVER_NEITHER, "the disk of " + guest.vm() + " is nowhere any more"));
        }
    }

    /** In the end it is where its guest is, or was saved, and nothing else is left; of dead hosts nobody knows. */
    void checkEnd(Expectation expectation, Facts facts, Consumer<Violation> found) {
        if (!expectation.declaredDead().isEmpty() || !journal.open().isEmpty()) {
            return;
        }
        world.folders().forEach(folders -> world.hosts().forEach(host -> checkLeft(folders, host, found)));
        world.guest(expectation.vm().uuid())
                .directory()
                .ifPresent(home -> world.hosts().forEach(host -> checkHome(home, host, homes(facts), found)));
    }

    private static void checkLeft(SimulatedFolders folders, SimulatedHost host, Consumer<Violation> found) {
        Stream.of(
                        folders.names(host.ref()).stream().filter(name -> name.startsWith(VmDirectory.OWN_PREFIX)),
                        folders.notes(host.ref()).stream(),
                        folders.marks(host.ref()).stream(),
                        folders.staged(host.ref()).keySet().stream())
                .flatMap(left -> left)
                .forEach(left ->
                        found.accept(new Violation(Clause.NOTHING_UNOWNED, left + " was left behind on " + host)));
    }

    private Set<HostRef> homes(Facts facts) {
        return Stream.concat(
                        facts.copies().stream().map(Facts.Placed::host),
                        facts.complete().stream()
                                .flatMap(entry -> entry.record().stream())
                                .map(this::home))
                .collect(Collectors.toSet());
    }

    /** Where the VM was saved, or where its directory was said to have been taken since. */
    private HostRef home(CheckpointRecord record) {
        return journal.operations().reversed().stream()
                .takeWhile(entry -> !entry.id().equals(record.operation()))
                .filter(entry -> entry.vm().equals(record.vm()))
                .filter(entry -> entry.kind().equals("move-directory") && entry.state() == OperationState.SUCCEEDED)
                .flatMap(entry -> PlanCodec.read(entry.plan()).all())
                .filter(Step.BringDirectory.class::isInstance)
                .map(step -> ((Step.BringDirectory) step).to())
                .findFirst()
                .orElse(record.source());
    }

    private void checkHome(VmDirectory home, SimulatedHost host, Set<HostRef> homes, Consumer<Violation> found) {
        var folders = world.folders(home).orElseThrow();
        var isThere = folders.names(host.ref()).contains(home.name());
        if (homes.contains(host.ref()) && !isThere) {
            found.accept(new Violation(Clause.SAME_MEMORY, "the guest's directory isn't with it on " + host));
        }
        if (!homes.isEmpty() && !homes.contains(host.ref()) && isThere && !folders.isOne()) {
            found.accept(new Violation(Clause.NOTHING_UNOWNED, "an old directory of the guest is on " + host));
        }
    }
}
