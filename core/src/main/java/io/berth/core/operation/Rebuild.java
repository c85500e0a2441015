package io.berth.core.operation;

import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.Step;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts operations back into a journal that was lost, from what the storage says: an unfinished suspend is written down
 * again as an open operation, and {@link Recovery} does the rest.
 */
final class Rebuild {
    private final Wiring wiring;

    Rebuild(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Answers what was put back. */
    List<String> run() {
        Set<String> known =
                wiring.journal().open().stream().map(entry -> entry.id().id()).collect(Collectors.toSet());
        var restored = new ArrayList<String>();
        for (var entry : new CheckpointFinder(wiring.drivers()).all()) {
            entry.record()
                    .filter(record -> !known.contains(record.operation().id()))
                    .filter(record ->
                            wiring.journal().operation(record.operation()).isEmpty())
                    .filter(record -> isUnfinishedSuspend(entry, record))
                    .ifPresent(record -> {
                        putBack(entry, record);
                        restored.add("suspend " + record.operation() + " of " + record.vm() + ", " + entry.state());
                    });
        }
        return List.copyOf(restored);
    }

    private static boolean isUnfinishedSuspend(Entry entry, CheckpointRecord record) {
        return switch (entry.state()) {
            case ALLOCATED, WRITING -> true;
            case COMPLETE -> !record.sourceReleased();
            case CONSUMED -> false;
        };
    }

    private void putBack(Entry entry, CheckpointRecord record) {
        var plan = plan(entry, record);
        var highest = wiring.drivers()
                .guard()
                .read(record.source(), record.vm().uuid())
                .epoch();
        var lease = wiring.journal()
                .acquire(record.vm(), wiring.owner(), record.operation(), Math.max(highest, record.epoch()) + 1);
        wiring.journal().begin(lease, plan.kind(), PlanCodec.write(plan));
        wiring.journal().record(lease, events(entry, plan));
        wiring.journal().release(lease);
    }

    /** What of a suspend can still have to be done or undone; the same names as {@link SuspendPlanner} gives. */
    private Plan plan(Entry entry, CheckpointRecord record) {
        var vm = record.vm();
        var host = record.source();
        var volume = entry.volume();
        var link = wiring.settings().linkFolder() + "/" + vm.uuid() + "/checkpoint";
        var attach = new Step.AttachVolume("attach", volume, host);
        var pause = new Step.PauseGuest("pause", vm, host, record.ownerPaused());
        var plan = Plan.of(record.operation(), "suspend", vm)
                .then(new Step.CreateVolume("create", volume, new Operand.Known<>(record.imageLength()), record))
                .then(attach)
                .then(new Step.PublishLink("link", host, link, attach.device()))
                .then(pause);
        record.persistentDefinition()
                .ifPresent(kept -> plan.then(new Step.MakeTransient("make-transient", vm, host, kept)));
        return plan.then(new Step.AdvanceCheckpoint("commit", volume, 1, CheckpointState.COMPLETE))
                .pointOfNoReturn()
                .then(new Step.DestroyGuest("destroy", vm, host))
                .then(new Step.ForgetGuest("forget", vm, host))
                .then(new Step.MarkReleased("release", volume))
                .cleanup()
                .then(new Step.RemoveLink("unlink", host, link))
                .then(new Step.DetachVolume("detach", volume, host))
                .build();
    }

    /**
     * A complete checkpoint goes forward: its first step after the point of no return counts as begun, since it may
     * have been. Anything less goes back.
     */
    private static List<StepEvent> events(Entry entry, Plan plan) {
        var isComplete = entry.state() == CheckpointState.COMPLETE;
        var events = new ArrayList<StepEvent>();
        for (var step : plan.steps().subList(0, plan.pointOfNoReturn())) {
            events.add(StepEvent.intent(step.name(), Direction.FORWARD));
            if (isComplete) {
                events.add(StepEvent.done(step.name(), Direction.FORWARD, Map.of()));
            }
        }
        if (isComplete) {
            events.add(StepEvent.intent(plan.steps().get(plan.pointOfNoReturn()).name(), Direction.FORWARD));
        }
        return events;
    }
}
