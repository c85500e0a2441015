package io.berth.core.operation;

import io.berth.core.plan.Operand;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.util.Optional;

/** Plans what is done with a checkpoint that no guest is made of. */
final class CheckpointPlanner {
    private CheckpointPlanner() {}

    static Plan verify(CheckpointSurvey facts) {
        var entry = facts.checkpoint();
        if (entry.state() != CheckpointState.COMPLETE) {
            throw Failure.of(FailureKind.CALLER, "checkpoint.incomplete", "nothing to verify on " + entry.volume())
                    .why("it is " + entry.state())
                    .next("only COMPLETE checkpoints hold a guest's memory")
                    .build();
        }
        var record = entry.record().orElseThrow(() -> unreadable(entry.volume().name()));
        var digest = facts.whole() ? record.imageDigest() : Optional.of(record.digest());
        var attach = new Step.AttachVolume("attach", entry.volume(), facts.at());
        return Plan.of(facts.token().operation(), "verify", facts.vm())
                .then(attach)
                .then(new Step.DropCache("drop-cache", facts.at(), attach.device()))
                .then(look("head-and-end", facts, record, attach, false, Optional.of(record.digest())))
                .then(look("image", facts, record, attach, facts.whole(), digest))
                .pointOfNoReturn()
                .cleanup()
                .then(new Step.DetachVolume("detach", entry.volume(), facts.at()))
                .build();
    }

    static Plan delete(CheckpointSurvey facts) {
        var entry = facts.checkpoint();
        if (entry.state() == CheckpointState.COMPLETE && !facts.givesUpMemory()) {
            throw Failure.of(FailureKind.CALLER, "checkpoint.unused", "won't delete " + entry.volume())
                    .why("it is complete and unused: the memory of " + facts.vm() + " would be lost")
                    .next("resume the VM instead; or say --lose-memory if that is what you want")
                    .build();
        }
        var plan = Plan.of(facts.token().operation(), "delete-checkpoint", facts.vm())
                .pointOfNoReturn();
        if (entry.state() != CheckpointState.CONSUMED) {
            plan.then(new Step.AdvanceCheckpoint(
                    "consume", entry.volume(), entry.generation(), CheckpointState.CONSUMED));
        }
        facts.attachedTo()
                .forEach(host -> plan.then(new Step.DetachVolume("detach-from-" + host, entry.volume(), host)));
        return plan.then(new Step.DeleteVolume("delete", entry.volume())).build();
    }

    private static Step.VerifyImage look(
            String name,
            CheckpointSurvey facts,
            CheckpointRecord record,
            Step.AttachVolume attach,
            boolean whole,
            Optional<String> digest) {
        return new Step.VerifyImage(
                name,
                facts.vm(),
                facts.at(),
                attach.volume(),
                attach.device(),
                new Operand.Known<>(record.imageLength()),
                whole,
                digest.map(Operand.Known::new));
    }

    static Failure unreadable(String name) {
        return Failure.of(FailureKind.STORAGE, "checkpoint.bad-record", "the record of " + name + " can't be read")
                .why("it is damaged, or of a newer format")
                .next("use the Berth that wrote it, or restore the record from the volume by hand")
                .build();
    }
}
