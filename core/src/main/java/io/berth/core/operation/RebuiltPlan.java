package io.berth.core.operation;

import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a suspend can still have to be done or undone, and what of it counts as done, told from its ledger entry. The
 * steps have the names that {@link SuspendPlanner} gives them.
 */
record RebuiltPlan(Plan plan, List<StepEvent> events) {
    static RebuiltPlan of(Entry entry, CheckpointRecord record, String linkFolder) {
        var parts = new Parts(entry, record, linkFolder);
        return switch (entry.state()) {
            case ALLOCATED, CONSUMED -> goingBack(parts);
            case WRITING -> writing(parts);
            case COMPLETE -> goingForward(parts);
        };
    }

    private static RebuiltPlan goingBack(Parts parts) {
        var plan = parts.committed();
        return new RebuiltPlan(plan, begun(plan, plan.pointOfNoReturn()));
    }

    /** Its first step after the point of no return counts as begun, since it may have been. */
    private static RebuiltPlan goingForward(Parts parts) {
        var plan = parts.committed();
        var events = done(plan, plan.pointOfNoReturn());
        events.add(intent(plan.steps().get(plan.pointOfNoReturn())));
        return new RebuiltPlan(plan, events);
    }

    /**
     * Nobody knows who wrote. If the guest is there it is undone; if it is gone and its image is finished, that is what
     * the fast writer leaves, and then the image is all there is of the guest.
     */
    private static RebuiltPlan writing(Parts parts) {
        var plan = parts.savedFast();
        var save = plan.pointOfNoReturn() - 1;
        var events = done(plan, save);
        events.add(intent(plan.steps().get(save)));
        return new RebuiltPlan(plan, events);
    }

    private static List<StepEvent> begun(Plan plan, int end) {
        return plan.steps().stream().limit(end).map(RebuiltPlan::intent).toList();
    }

    private static StepEvent intent(Step step) {
        return StepEvent.intent(step.name(), Direction.FORWARD);
    }

    private static List<StepEvent> done(Plan plan, int end) {
        var events = new ArrayList<>(begun(plan, end));
        plan.steps().stream()
                .limit(end)
                .forEach(step -> events.add(StepEvent.done(step.name(), Direction.FORWARD, Map.of())));
        return events;
    }

    /** The steps both kinds of plans are made of. */
    private record Parts(Entry entry, CheckpointRecord record, String link, Step.AttachVolume attach) {
        Parts(Entry entry, CheckpointRecord record, String linkFolder) {
            this(
                    entry,
                    record,
                    linkFolder + "/" + record.vm().uuid() + "/checkpoint",
                    new Step.AttachVolume("attach", entry.volume(), record.source()));
        }

        Plan committed() {
            return tidied(head().then(new Step.AdvanceCheckpoint("commit", entry.volume(), 1, CheckpointState.COMPLETE))
                    .pointOfNoReturn()
                    .then(new Step.DestroyGuest("destroy", record.vm(), record.source())));
        }

        Plan savedFast() {
            var vm = record.vm();
            var host = record.source();
            var device = attach.device();
            var save = new Step.SaveMemory(
                    "save",
                    vm,
                    host,
                    entry.volume(),
                    device,
                    record.profile().memory(),
                    false,
                    MemoryWriter.FAST,
                    record.ownerPaused());
            var verify = new Step.VerifyImage(
                    "verify", vm, host, entry.volume(), device, save.length(), false, Optional.empty());
            return tidied(head().then(save)
                    .pointOfNoReturn(save.name())
                    .then(new Step.FlushDevice("flush", host, device))
                    .then(verify)
                    .then(new Step.CommitCheckpoint(
                            "commit", vm, host, false, record, save.length(), verify.digest(), Optional.empty())));
        }

        private Plan.Builder head() {
            var size = new Operand.Known<>(record.imageLength());
            var head = Plan.of(record.operation(), kind(), record.vm())
                    .then(new Step.CreateVolume("create", entry.volume(), size, record))
                    .then(attach)
                    .then(new Step.PublishLink("link", record.source(), link, attach.device()))
                    .then(new Step.PauseGuest("pause", record.vm(), record.source(), record.ownerPaused()));
            record.persistentDefinition()
                    .ifPresent(kept ->
                            head.then(new Step.MakeTransient("make-transient", record.vm(), record.source(), kept)));
            return head;
        }

        /** A migration's other legs nobody knows any more: what is left of it is a suspend. Rehearsals aren't rebuilt. */
        private String kind() {
            return switch (record.purpose()) {
                case SUSPEND, STOP -> record.purpose().word();
                case MIGRATE, REHEARSE -> CheckpointPurpose.SUSPEND.word();
            };
        }

        private Plan tidied(Plan.Builder plan) {
            return plan.then(new Step.ForgetGuest("forget", record.vm(), record.source()))
                    .then(new Step.MarkReleased("release", entry.volume()))
                    .cleanup()
                    .then(new Step.RemoveLink("unlink", record.source(), link))
                    .then(new Step.DetachVolume("detach", entry.volume(), record.source()))
                    .build();
        }
    }
}
