package io.berth.simulator.checker;

import io.berth.core.journal.OperationEntry;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds once recovery has finished. */
final class FinalRules {
    private final World world;
    private final JournalStore journal;
    private final Losses losses;
    private final DirectoryRules directories;
    private boolean isForgotten;
    private final Set<VolumeRef> others = new HashSet<>();
    private final Set<VmRef> undefined = new HashSet<>();

    FinalRules(World world, JournalStore journal, Losses losses) {
        this.world = world;
        this.journal = journal;
        this.losses = losses;
        this.directories = new DirectoryRules(world, journal, losses);
    }

    void takeBaseline() {
        world.datastores().forEach(datastore -> datastore.volumes().forEach(volume -> others.add(volume.ref())));
    }

    /** The journal was lost before the storage knew of the operation: the guest may be left paused, as intact as ever. */
    void forgotten() {
        isForgotten = true;
    }

    void undefinedByHand(VmRef vm) {
        undefined.add(vm);
    }

    void check(Expectation expectation, Consumer<Violation> found) {
        journal.open().stream()
                .filter(entry -> !mayRest(entry))
                .forEach(entry -> found.accept(new Violation(
                        Clause.PROGRESS, entry.kind() + " is still " + entry.state() + ": " + entry.message())));
        var facts = Facts.of(world, expectation.vm());
        checkGuest(expectation, facts, found);
        checkVolumes(owned(), found);
        world.hosts().forEach(host -> checkHost(expectation, facts, host, found));
        directories.checkEnd(expectation, facts, found);
        if (world.isMigrating()) {
            found.accept(new Violation(Clause.NOTHING_UNOWNED, "a migration is still under way"));
        }
    }

    void checkSwept(Expectation expectation, Consumer<Violation> found) {
        directories.checkEnd(expectation, Facts.of(world, expectation.vm()), found);
    }

    private void checkGuest(Expectation expectation, Facts facts, Consumer<Violation> found) {
        var isOwned = !journal.open().isEmpty();
        var homes = facts.copies().size()
                + facts.complete().size()
                + facts.unclaimed().size();
        if (homes == 0 && !isOwned && !losses.isExcused(expectation.vm())) {
            found.accept(new Violation(Clause.NEVER_NEITHER, "the guest is gone for good"));
        }
        if (homes > 1) {
            found.accept(new Violation(Clause.ONE_COPY, "there is " + facts));
        }
        if (facts.isGone()
                && expectation.persistent()
                && expectation.declaredDead().isEmpty()
                && !isOwned
                && !undefined.contains(expectation.vm())
                && !losses.isGivenUp(expectation.vm())) {
            checkDefined(expectation, found);
        }
        var wanted = expectation.ownerPaused() ? GuestState.PAUSED : GuestState.RUNNING;
        facts.copies().stream()
                .filter(placed -> placed.copy().state() != wanted && !isForgotten)
                .forEach(placed -> found.accept(
                        new Violation(Clause.TRUE_REPORT, "the guest was left " + placed + ", not " + wanted)));
    }

    /** Whose memory is gone must at least find the guest defined somewhere, to start it anew. */
    private void checkDefined(Expectation expectation, Consumer<Violation> found) {
        var vm = expectation.vm().uuid();
        if (world.hosts().stream().noneMatch(host -> host.definitions().containsKey(vm))) {
            found.accept(new Violation(Clause.NEVER_NEITHER, "no host knows the guest any more"));
        }
    }

    /**
     * Everything rests as long as there is no host to do it. A fast save does when its storage lost what it had written
     * after all: the volume may be all that is left.
     */
    private boolean mayRest(OperationEntry entry) {
        return world.hosts().stream().noneMatch(SimulatedHost::isReachable)
                || (losses.isExcused(entry.vm()) && Losses.isFast(entry));
    }

    /** What belongs to operations that are still open. */
    private Set<VolumeRef> owned() {
        return journal.open().stream()
                .flatMap(entry -> PlanCodec.read(entry.plan()).all())
                .flatMap(step -> switch (step) {
                    case Step.CreateVolume create -> Stream.of(create.volume());
                    case Step.AttachVolume attach -> Stream.of(attach.volume());
                    default -> Stream.<VolumeRef>empty();
                })
                .collect(Collectors.toSet());
    }

    private void checkVolumes(Set<VolumeRef> owned, Consumer<Violation> found) {
        for (var datastore : world.datastores()) {
            datastore.volumes().stream()
                    .filter(volume -> !others.contains(volume.ref()) && !owned.contains(volume.ref()))
                    .filter(volume -> datastore
                            .entry(volume.ref())
                            .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                            .isEmpty())
                    .forEach(volume ->
                            found.accept(new Violation(Clause.NOTHING_UNOWNED, volume.ref() + " was left behind")));
            datastore.entries().stream()
                    .filter(entry -> datastore.volume(entry.volume()).isEmpty() && !owned.contains(entry.volume()))
                    .filter(entry -> !isForgotten || entry.record().isPresent())
                    .forEach(entry -> found.accept(
                            new Violation(Clause.NOTHING_UNOWNED, entry.volume() + " is in the ledger alone")));
        }
    }

    private void checkHost(Expectation expectation, Facts facts, SimulatedHost host, Consumer<Violation> found) {
        Consumer<String> left = text -> found.accept(new Violation(Clause.NOTHING_UNOWNED, text + " on " + host));
        host.devices().values().stream()
                .filter(volume -> !others.contains(volume) && journal.open().isEmpty())
                .forEach(volume -> left.accept(volume + " is still attached"));
        host.jobs().forEach(job -> left.accept("a " + job.kind() + " still runs"));
        if (expectation.declaredDead().contains(host.ref())) {
            return;
        }
        if (journal.open().isEmpty()) {
            host.links().forEach((path, device) -> left.accept("link " + path + " to " + device));
        }
        var isDefined = host.definitions().containsKey(expectation.vm().uuid());
        var isThere = isAt(facts, host.ref());
        if (isDefined && !isThere && !facts.isGone()) {
            left.accept("a definition that could start the guest anew");
        }
        if (isThere && isDefined != expectation.persistent() && !undefined.contains(expectation.vm())) {
            found.accept(new Violation(
                    Clause.TRUE_REPORT, "the guest is " + (isDefined ? "" : "not ") + "defined on " + host + " now"));
        }
    }

    private static boolean isAt(Facts facts, HostRef host) {
        return facts.copies().stream().anyMatch(placed -> placed.host().equals(host));
    }
}
