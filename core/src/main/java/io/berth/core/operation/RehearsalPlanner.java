package io.berth.core.operation;

import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import io.berth.driver.hypervisor.GuestProfile;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import java.util.Optional;

/**
 * Plans a rehearsal: everything that a checkpoint goes through on its datastore, with a sample in memory's place. It is
 * consumed before anything is written, so that nobody ever takes it for a VM.
 */
final class RehearsalPlanner {
    static final DataSize SIZE = DataSize.ofMebibytes(8);

    private static final String NO_HYPERVISOR = "none";

    private RehearsalPlanner() {}

    static Plan plan(RehearsalSurvey facts) {
        facts.obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle;
        });
        CheckpointRoom.require(facts.datastore(), facts.room(), SIZE);
        var volume = new VolumeRef(
                facts.datastore(),
                VolumeNames.PREFIX + facts.token().operation().id());
        var record = record(facts, volume);
        var attach = new Step.AttachVolume("attach", volume, facts.writer());
        var attachElsewhere = new Step.AttachVolume("attach-elsewhere", volume, facts.reader());
        return Plan.of(
                        facts.token().operation(),
                        CheckpointPurpose.REHEARSE.word(),
                        facts.token().vm())
                .then(new Step.CreateVolume("create", volume, new Operand.Known<>(SIZE), record))
                .then(new Step.RehearseLedger("ledger", record))
                .then(attach)
                .then(new Step.ClearDevice("clear", facts.writer(), attach.device()))
                .then(new Step.WriteSample("write", facts.writer(), attach.device(), SIZE))
                .then(new Step.FlushDevice("flush", facts.writer(), attach.device()))
                .then(new Step.DetachVolume("detach", volume, facts.writer()))
                .then(attachElsewhere)
                .then(new Step.DropCache("drop-cache", facts.reader(), attachElsewhere.device()))
                .then(new Step.CompareSample("compare", facts.reader(), attachElsewhere.device(), SIZE))
                .pointOfNoReturn()
                .then(new Step.DetachVolume("detach-elsewhere", volume, facts.reader()))
                .then(new Step.DeleteVolume("delete", volume))
                .build();
    }

    /** Like a guest's: it has to survive on the storage as that one does. */
    private static CheckpointRecord record(RehearsalSurvey facts, VolumeRef volume) {
        return new CheckpointRecord(
                CheckpointRecord.FORMAT,
                volume,
                CheckpointPurpose.REHEARSE,
                facts.token().vm(),
                facts.writer(),
                facts.token().operation(),
                facts.token().epoch(),
                NO_HYPERVISOR,
                new GuestProfile("", "", "", "", DataSize.ZERO, List.of()),
                "",
                Optional.empty(),
                false,
                DataSize.ZERO,
                "",
                Optional.empty(),
                false,
                facts.now(),
                Optional.empty());
    }
}
