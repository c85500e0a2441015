package io.berth.simulator.checker;

import io.berth.core.journal.OperationEntry;
import io.berth.core.journal.StepEvent;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.VolumeRef;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.SimulatedVolume;
import io.berth.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one exception to the promise: which guests' memory went with a host that held the only copy of it. Decided when
 * power fails, from the world as it is at that moment.
 */
final class Losses {
    private final World world;
    private final JournalStore journal;
    private final Set<VmRef> lost = new HashSet<>();
    private final Set<VmRef> givenUp = new HashSet<>();
    private final Set<VmRef> disksGivenUp = new HashSet<>();
    private final List<Unrun> unrun = new ArrayList<>();
    /** When those that had been lost were started anew. */
    private final Map<VmRef, Instant> overcome = new HashMap<>();

    /** A restored guest that was not known to have run: its loss counts only if it was about to be let run. */
    private record Unrun(VmRef vm, Optional<VolumeRef> origin) {}

    Losses(World world, JournalStore journal) {
        this.world = world;
        this.journal = journal;
        world.beforePowerCut(this::powerFails);
        world.afterPowerCut(this::powerFailed);
        world.afterStart(copy -> forget(copy.vm()));
    }

    /** The storage lost what wasn't flushed: with a fast save that may have been all. */
    void storageFailed() {
        world.hosts().forEach(this::powerFailed);
    }

    /** Its process ended by itself: not Berth's doing. */
    void vanished(VmRef vm) {
        lost.add(vm);
    }

    /** A user gave up its checkpoint, and all that is in it. */
    void givenUp(VmRef vm) {
        givenUp.add(vm);
    }

    /** A user gave up its disk with it. */
    void diskGivenUp(VmRef vm) {
        disksGivenUp.add(vm);
    }

    /** Whether its disk may go: as long as it is anywhere itself it needs that. */
    boolean mayLoseItsDisk(VmRef vm) {
        return disksGivenUp.contains(vm) && Facts.of(world, vm).isGone();
    }

    void keptAfterAll(VmRef vm) {
        disksGivenUp.remove(vm);
        givenUp.remove(vm);
    }

    /** It was started anew: what it has in memory now isn't lost. */
    private void forget(VmRef vm) {
        if (isExcused(vm) && !isGivenUp(vm)) {
            overcome.put(vm, world.clock().instant());
        }
        lost.remove(vm);
        unrun.removeIf(loss -> loss.vm().equals(vm));
    }

    /** Whether a guest of that VM's was lost after that, though one was started anew since. */
    boolean wasLostAfter(Instant begin, VmRef vm) {
        return Optional.ofNullable(overcome.get(vm)).filter(begin::isBefore).isPresent();
    }

    boolean isGivenUp(VmRef vm) {
        return givenUp.contains(vm);
    }

    private void powerFails(SimulatedHost host) {
        for (var copy : host.copies()) {
            var facts = Facts.of(world, copy.vm());
            if (!copy.isAlive() || facts.hasComplete() || isElsewhere(facts, host)) {
                continue;
            }
            if (copy.origin().isEmpty() || copy.hasRun()) {
                lost.add(copy.vm());
            } else {
                unrun.add(new Unrun(copy.vm(), copy.origin()));
            }
        }
    }

    /** Migrated, and the source not ended yet: then the copy at the target is as good, until the source runs on. */
    private static boolean isElsewhere(Facts facts, SimulatedHost host) {
        return facts.copies().stream()
                .anyMatch(placed -> !placed.host().equals(host.ref())
                        && placed.copy().isAlive()
                        && placed.copy().isCurrent());
    }

    /** The fast writer ends the guest itself, before its image is safe; where that survived it must be used. */
    private void powerFailed(SimulatedHost host) {
        journal.open().stream()
                .filter(entry -> savedFastAt(entry, host))
                .map(OperationEntry::vm)
                .filter(vm -> Facts.of(world, vm).copies().isEmpty())
                .filter(vm -> !Facts.of(world, vm).hasComplete())
                .filter(vm -> !isDurableSomewhere(world.guest(vm.uuid())))
                .forEach(lost::add);
    }

    static boolean savedFastAt(OperationEntry entry, SimulatedHost host) {
        return fastSaves(entry).anyMatch(save -> save.at().equals(host.ref()));
    }

    static boolean isFast(OperationEntry entry) {
        return fastSaves(entry).findAny().isPresent();
    }

    private static Stream<Step.SaveMemory> fastSaves(OperationEntry entry) {
        return PlanCodec.read(entry.plan())
                .all()
                .flatMap(step -> step instanceof Step.SaveMemory save ? Stream.of(save) : Stream.empty())
                .filter(save -> save.writer() == MemoryWriter.FAST);
    }

    /** What another VM's volume still has of it from an earlier tenant is nothing to go by: it is overwritten soon. */
    private boolean isDurableSomewhere(Guest guest) {
        return world.datastores().stream()
                .anyMatch(datastore -> datastore.volumes().stream()
                        .filter(volume -> !isAnothers(datastore, volume, guest))
                        .anyMatch(volume -> Facts.holds(volume.extent().durable(), guest)));
    }

    private static boolean isAnothers(SimulatedDatastore datastore, SimulatedVolume volume, Guest guest) {
        return datastore
                .entry(volume.ref())
                .flatMap(Entry::record)
                .filter(record -> !record.vm().equals(guest.vm()))
                .isPresent();
    }

    boolean isExcused(VmRef vm) {
        return lost.contains(vm)
                || givenUp.contains(vm)
                || unrun.stream().anyMatch(loss -> loss.vm().equals(vm) && wasHandedOver(loss));
    }

    /** Whether Berth had let go of it, or was about to: its owner may have wanted it to stay paused. */
    private boolean wasHandedOver(Unrun loss) {
        return journal.operations().stream()
                .filter(entry -> entry.vm().equals(loss.vm()))
                .anyMatch(entry -> PlanCodec.read(entry.plan())
                        .legs()
                        .anyMatch(leg -> restores(leg) && hasCrossed(leg, journal.events(entry.id()))));
    }

    private static boolean restores(Plan leg) {
        return leg.steps().stream().anyMatch(Step.RestorePaused.class::isInstance);
    }

    private static boolean hasCrossed(Plan plan, List<StepEvent> events) {
        return plan.steps().stream()
                .skip(plan.pointOfNoReturn())
                .anyMatch(step -> events.stream().anyMatch(event -> event.step().equals(step.name())));
    }
}
