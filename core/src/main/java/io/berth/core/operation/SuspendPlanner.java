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
        var leg = saved.left()
                .unlink(saved.leg().cleanup(), "")
                .then(new Step.DiscardTail(
                        "discard", facts.host(), saved.volume(), saved.attach().device(), saved.length()));
        return saved.left().detach(leg, "").build();
    }

    /** Memory in a complete checkpoint, and a source that has let the guest go. */
    record Saved(
            Plan.Builder leg,
            VolumeRef volume,
            Step.AttachVolume attach,
            Ref<DataSize> length,
            Ref<String> digest,
            SourceRemains left) {}

    /** @param moving what goes along when the guest is to be restored elsewhere */
    static Saved save(SuspendSurvey facts, CheckpointPurpose purpose, Moving moving) {
        var writer = writer(facts);
        LivingGuest.refuseUnlessMovable(facts.token().vm(), facts.guest(), facts.otherCopies(), facts.checkpoints());
        var bound = facts.estimate().bound().roundUpTo(GRANULE);
        var fixedSize = facts.volumeSize().or(() -> facts.storageCan().thin() ? Optional.of(bound) : Optional.empty());
        CheckpointRoom.require(
                facts.datastore(),
                facts.room(),
                fixedSize.orElse(facts.estimate().need()));
        facts.staging().ifPresent(staging -> {
            staging.requireOther(facts.datastore());
            staging.requireRoom(bound);
        });
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
        var attach = new Step.AttachVolume("attach", volume, host);
        var file =
                facts.staging().map(staging -> new Step.CreateStagingFile("stage", staging.datastore(), host, bound));
        var save = new Step.SaveMemory(
                "save",
                vm,
                host,
                volume,
                file.map(Step.CreateStagingFile::file).orElse(attach.device()),
                bound,
                fixedSize.isEmpty() && file.isEmpty(),
                writer,
                ownerPaused);
        var way = file.<MemoryWay>map(through -> new MemoryWay.ThroughFile(
                        through,
                        pause,
                        save,
                        new Step.UploadImage("upload", vm, host, through.file(), attach.device(), save.length())))
                .orElseGet(() -> new MemoryWay.Straight(pause, measure, save));
        var size = fixedSize.<Operand<DataSize>>map(Operand.Known::new).orElse(way.need());
        var ready = List.<Step>of(
                new Step.CreateVolume("create", volume, size, record),
                attach,
                new Step.ClearDevice("clear", host, attach.device()),
                new Step.PublishLink("link", host, link, attach.device()),
                new Step.AdvanceCheckpoint("writing", volume, 1, CheckpointState.WRITING));
        var flush = new Step.FlushDevice("flush", host, attach.device());
        var verify = new Step.VerifyImage(
                "verify", vm, host, volume, attach.device(), save.length(), false, Optional.empty());
        var checksum = new Step.VerifyImage(
                "checksum", vm, host, volume, attach.device(), save.length(), true, Optional.empty());
        Optional<Ref<String>> imageDigest = facts.checksum() ? Optional.of(checksum.digest()) : Optional.empty();
        var commit = new Step.CommitCheckpoint(
                "commit", vm, host, writer.keepsGuest(), record, save.length(), verify.digest(), imageDigest);

        (fixedSize.isPresent() ? way.volumeFirst(ready) : way.guestFirst(ready)).forEach(plan::then);
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
                new SourceRemains(host, link, volume, facts.staging().map(Staging::datastore)));
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
        var writers =
                facts.staging().map(staging -> staging.usable(facts.writers())).orElseGet(facts::writers);
        return writers.stream()
                .filter(facts.hypervisorCan().writers()::contains)
                .filter(candidate -> candidate != MemoryWriter.LIVE_STREAM
                        || facts.guest().view().state() == GuestState.RUNNING)
                .findFirst()
                .orElseGet(() -> {
                    if (writers.contains(MemoryWriter.LIVE_STREAM)
                            && facts.hypervisorCan().writers().contains(MemoryWriter.STREAM)) {
                        return MemoryWriter.STREAM; // nothing to gain from a live stream of a guest that is paused
                    }
                    throw Failure.of(FailureKind.CALLER, "writer.unavailable", "no way to write the guest's memory")
                            .host(facts.host())
                            .why("wanted: " + writers + ", the host can: "
                                    + facts.hypervisorCan().writers())
                            .next("allow another writer for datastore " + facts.datastore() + ", or pass --writer")
                            .build();
                });
    }
}
