package io.berth.core.operation;

import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;

/**
 * Plans a suspend. On thin storage the volume is there before the guest is paused, at the size that can't be exceeded;
 * on thick storage the guest is paused first and measured, so that no space is wasted.
 */
final class SuspendPlanner {
    private static final DataSize GRANULE = DataSize.ofMebibytes(4);

    private SuspendPlanner() {}

    static Plan plan(SuspendSurvey facts) {
        return plan(facts, CheckpointPurpose.SUSPEND);
    }

    static Plan plan(SuspendSurvey facts, CheckpointPurpose purpose) {
        var saved = save(facts, purpose, new Moving(List.of()));
        return saved.leg()
                .cleanup()
                .then(saved.unlink())
                .then(new Step.DiscardTail(
                        "discard", facts.host(), saved.volume(), saved.attach().device(), saved.length()))
                .then(saved.detach())
                .build();
    }

    /**
     * Memory in a complete checkpoint, and a source that has let the guest go. What is left there is the link and the
     * attachment.
     */
    record Saved(
            Plan.Builder leg,
            VolumeRef volume,
            Step.AttachVolume attach,
            Ref<DataSize> length,
            Ref<String> digest,
            Step.RemoveLink unlink,
            Step.DetachVolume detach) {}

    /** @param moving what goes along when the guest is to be restored elsewhere */
    static Saved save(SuspendSurvey facts, CheckpointPurpose purpose, Moving moving) {
        var writer = writer(facts);
        LivingGuest.refuseUnlessMovable(facts.token().vm(), facts.guest(), facts.otherCopies(), facts.checkpoints());
        var bound = facts.estimate().bound().roundUpTo(GRANULE);
        var fixedSize = facts.volumeSize().or(() -> facts.storageCan().thin() ? Optional.of(bound) : Optional.empty());
        refuseWithoutRoom(facts, fixedSize.orElse(facts.estimate().need()));
        var begun = moving.addFinding(
                Plan.of(facts.token().operation(), purpose.word(), facts.token().vm()));
        return compile(begun, facts, purpose, writer, bound, fixedSize);
    }

    private static Saved compile(
            Plan.Builder plan,
            SuspendSurvey facts,
            CheckpointPurpose purpose,
            MemoryWriter writer,
            DataSize bound,
            Optional<DataSize> fixedSize) {
        var vm = facts.token().vm();
        var host = facts.host();
        var volume = new VolumeRef(
                facts.datastore(),
                VolumeNames.PREFIX + facts.token().operation().id());
        var ownerPaused = facts.guest().view().state() == GuestState.PAUSED;
        var record = record(facts, purpose, volume, ownerPaused);
        var link = facts.linkFolder() + "/" + vm.uuid() + "/checkpoint";

        var pause = new Step.PauseGuest("pause", vm, host, ownerPaused);
        var measure = new Step.MeasureGuest("measure", vm, host);
        Operand<DataSize> size = measure.need();
        if (fixedSize.isPresent()) {
            size = new Operand.Known<>(fixedSize.get());
        }
        var attach = new Step.AttachVolume("attach", volume, host);
        var save = new Step.SaveMemory(
                "save", vm, host, volume, attach.device(), bound, fixedSize.isEmpty(), writer, ownerPaused);
        var flush = new Step.FlushDevice("flush", host, attach.device());
        var verify = new Step.VerifyImage(
                "verify", vm, host, volume, attach.device(), save.length(), false, Optional.empty());
        var checksum = new Step.VerifyImage(
                "checksum", vm, host, volume, attach.device(), save.length(), true, Optional.empty());
        Optional<Ref<String>> imageDigest = facts.checksum() ? Optional.of(checksum.digest()) : Optional.empty();
        var commit = new Step.CommitCheckpoint(
                "commit", vm, host, writer.keepsGuest(), record, save.length(), verify.digest(), imageDigest);

        if (fixedSize.isEmpty()) {
            plan.then(pause).then(measure);
        }
        plan.then(new Step.CreateVolume("create", volume, size, record))
                .then(attach)
                .then(new Step.ClearDevice("clear", host, attach.device()))
                .then(new Step.PublishLink("link", host, link, attach.device()))
                .then(new Step.AdvanceCheckpoint("writing", volume, 1, CheckpointState.WRITING));
        if (fixedSize.isPresent() && writer.pausesFirst()) {
            plan.then(pause);
        }
        plan.then(save);
        if (!writer.keepsGuest()) {
            plan.pointOfNoReturn(save.name());
        }
        plan.then(flush).then(verify);
        if (facts.checksum()) {
            plan.then(checksum);
        }
        if (writer.keepsGuest()) {
            // A host that loses power beside a complete checkpoint must find nothing to start the guest anew with.
            facts.guest()
                    .persistentDefinition()
                    .ifPresent(kept -> plan.then(new Step.MakeTransient("make-transient", vm, host, kept)));
        }
        plan.then(commit);
        if (writer.keepsGuest()) {
            plan.pointOfNoReturn(commit.name()).then(new Step.DestroyGuest("destroy", vm, host));
        }
        plan.then(new Step.ForgetGuest("forget", vm, host)).then(new Step.MarkReleased("release", volume));
        return new Saved(
                plan,
                volume,
                attach,
                save.length(),
                verify.digest(),
                new Step.RemoveLink("unlink", host, link),
                new Step.DetachVolume("detach", volume, host));
    }

    private static CheckpointRecord record(
            SuspendSurvey facts, CheckpointPurpose purpose, VolumeRef volume, boolean ownerPaused) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                volume,
                purpose,
                facts.token().vm(),
                facts.host(),
                facts.token().operation(),
                facts.token().epoch(),
                facts.hypervisor(),
                facts.guest().profile(),
                facts.guest().definition(),
                facts.guest().persistentDefinition(),
                ownerPaused,
                DataSize.ZERO,
                "",
                Optional.empty(),
                false,
                facts.now(),
                Optional.empty());
    }

    private static MemoryWriter writer(SuspendSurvey facts) {
        return facts.writers().stream()
                .filter(facts.hypervisorCan().writers()::contains)
                .filter(candidate -> candidate != MemoryWriter.LIVE_STREAM
                        || facts.guest().view().state() == GuestState.RUNNING)
                .findFirst()
                .orElseGet(() -> {
                    if (facts.writers().contains(MemoryWriter.LIVE_STREAM)
                            && facts.hypervisorCan().writers().contains(MemoryWriter.STREAM)) {
                        return MemoryWriter.STREAM; // nothing to gain from a live stream of a guest that is paused
                    }
                    throw Failure.of(FailureKind.CALLER, "writer.unavailable", "no way to write the guest's memory")
                            .host(facts.host())
                            .why("wanted: " + facts.writers() + ", the host can: "
                                    + facts.hypervisorCan().writers())
                            .next("allow another writer for datastore " + facts.datastore() + ", or pass --writer")
                            .build();
                });
    }

    private static void refuseWithoutRoom(SuspendSurvey facts, DataSize size) {
        if (size.exceeds(facts.room().free())) {
            throw Failure.of(FailureKind.STORAGE, "storage.no-room", "no room for the checkpoint")
                    .why("datastore " + facts.datastore() + " has "
                            + facts.room().free() + " free, the checkpoint may take " + size)
                    .next("free space there, or name another datastore with --datastore")
                    .build();
        }
    }
}
