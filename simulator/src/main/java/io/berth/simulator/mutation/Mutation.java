package io.berth.simulator.mutation;

import io.berth.core.plan.Step;
import io.berth.simulator.fault.Scenario;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.fault.Variation;
import java.util.List;
import java.util.Optional;

/** A safeguard that was taken out of Berth, or put in the wrong place. Each must be noticed. */
public enum Mutation {
    FLUSH_DROPPED("the image isn't flushed", PlanMutation.without(List.of(Step.FlushDevice.class))),
    COMMITTED_BEFORE_THE_FLUSH(
            "COMPLETE is taken before the flush",
            PlanMutation.moved(Step.FlushDevice.class, true, Step.CommitCheckpoint.class)),
    COMMITTED_BEFORE_THE_UPLOAD_IS_FLUSHED(
            "COMPLETE is taken while what came from the file may be lost",
            Task.SUSPEND,
            PlanMutation.moved(Step.FlushDevice.class, true, Step.CommitCheckpoint.class)
                    .beside(Step.UploadImage.class)),
    STAGING_FILE_KEPT(
            "the file that memory went through stays",
            Task.SUSPEND,
            PlanMutation.without(List.of(Step.RemoveStagingFile.class))),
    STAGED_FOR_GOOD(
            "the file of a suspend that was undone stays",
            Task.SUSPEND,
            new HandlerMutation(Step.CreateStagingFile.class, Altered::withoutUndo)),
    CONSUMED_AFTER_THE_RESUME(
            "the guest runs before its checkpoint is consumed",
            PlanMutation.moved(Step.AdvanceCheckpoint.class, true, Step.ResumeGuest.class)),
    CONSUME_DROPPED("the checkpoint is never consumed", new ConsumeDropped()),
    CLEAR_DROPPED("old content stays readable", PlanMutation.without(List.of(Step.ClearDevice.class))),
    DESTROYED_BEFORE_THE_COMMIT(
            "the guest is ended before COMPLETE",
            PlanMutation.moved(Step.DestroyGuest.class, false, Step.CommitCheckpoint.class)),
    PAUSE_DROPPED("the guest isn't paused", PlanMutation.without(List.of(Step.PauseGuest.class))),
    CACHE_KEPT("the target's cached blocks are believed", PlanMutation.without(List.of(Step.DropCache.class))),
    DETACH_DROPPED("the volume stays attached", PlanMutation.without(List.of(Step.DetachVolume.class))),
    FORGET_DROPPED(
            "the source keeps the definition",
            PlanMutation.without(List.of(Step.MakeTransient.class, Step.ForgetGuest.class))),
    FORGOTTEN_AFTER_THE_COMMIT(
            "the source keeps the definition until the guest is ended",
            PlanMutation.moved(Step.MakeTransient.class, true, Step.DestroyGuest.class)),
    KEPT_BEFORE_THE_CONSUME(
            "the target has a definition before the checkpoint is consumed",
            PlanMutation.moved(Step.MakePersistent.class, false, Step.AdvanceCheckpoint.class)),
    FORGOTTEN_FOR_GOOD(
            "the source doesn't get its definition back",
            new HandlerMutation(Step.MakeTransient.class, Altered::withoutUndo)),
    DELETED_BEFORE_THE_RESUME(
            "the volume is deleted before the guest runs",
            PlanMutation.moved(Step.DeleteVolume.class, false, Step.ResumeGuest.class)),
    NO_RETURN_TOO_LATE(
            "what can't be undone comes before the point of no return",
            PlanMutation.border(true, Step.ForgetGuest.class)),
    RESUME_RETURNS_TOO_LATE(
            "the guest runs before the point of no return", PlanMutation.border(true, Step.ResumeGuest.class)),
    NO_RETURN_TOO_EARLY(
            "no way back while the guest is only paused", PlanMutation.border(false, Step.SaveMemory.class)),
    VERIFY_DROPPED("the image isn't read back", new HandlerMutation(Step.VerifyImage.class, Altered::blind)),
    ERRORS_BELIEVED("an error means not done", new HandlerMutation(Step.class, Altered::believingErrors)),
    UNKNOWN_TAKEN_AS_DONE("an unknown outcome means done", new HandlerMutation(Step.class, Altered::hoping)),
    COMMIT_HOPED_FOR(
            "COMPLETE is taken for granted", new HandlerMutation(Step.CommitCheckpoint.class, Altered::hoping)),
    SAVE_HOPED_FOR(
            "a lost save is taken for done", new HandlerMutation(Step.SaveMemory.class, Altered::hopingForAnImage)),
    DEAD_HOSTS_IMAGE_UNSEEN(
            "nobody looks what a host wrote before it died",
            Task.SUSPEND,
            new HandlerMutation(Step.SaveMemory.class, Altered::mourning)),
    CONSUMED_NEVER_GIVEN_BACK(
            "a consumed checkpoint stays consumed though its guest never ran",
            new HandlerMutation(Step.AdvanceCheckpoint.class, Altered::withoutUndo)),
    RESTORE_NEVER_UNDONE(
            "a paused copy stays beside its checkpoint",
            new HandlerMutation(Step.RestorePaused.class, Altered::withoutUndo)),
    ANY_GUEST_IS_THE_RESTORED_ONE(
            "a guest that somebody started is taken for the restored one",
            Task.RESUME_OTHER_HOST,
            new HandlerMutation(Step.RestorePaused.class, Altered::trustingTheRestored)),
    UNDONE_IN_THE_WRONG_ORDER("what was done first is undone first", new ReversedUndo()),
    RETREAT_DROPPED(
            "a VM that can't go on at the target isn't brought back",
            Task.MIGRATE_IN_VAIN,
            PlanMutation.withoutRetreat()),
    RETREAT_FORGOTTEN(
            "nobody remembers that a VM was on its way back", Task.MIGRATE_IN_VAIN, JournalMutation.withoutRetreats()),
    RETREAT_IN_THE_SAME_GENERATION(
            "the way back uses the generation that was used at the target",
            Task.MIGRATE,
            PlanMutation.inOneGeneration()),
    RESTORED_BESIDE_THE_SOURCE(
            "the VM goes on elsewhere though its source was never ended", Task.MIGRATE, PlanMutation.withoutEnding()),
    TERMINATE_CONSUMES_LAST(
            "a checkpoint is deleted before it is consumed",
            Task.TERMINATE_SUSPENDED,
            PlanMutation.moved(Step.AdvanceCheckpoint.class, true, Step.DeleteVolume.class)
                    .in("terminate")),
    COPY_LEFT_AT_THE_TARGET(
            "the source goes on beside a copy at the target",
            new HandlerMutation(Step.MigrateGuest.class, Altered::leavingTheCopy)),
    TARGET_DESTROYED_FIRST(
            "what is at the target is ended while the source may still hand over",
            new HandlerMutation(Step.MigrateGuest.class, Altered::destroyingFirst)),
    OLD_COPY_TRUSTED(
            "any copy that stands at the target is the guest",
            new HandlerMutation(Step.MigrateGuest.class, Altered::trustingTheCopy)),
    ARRIVAL_HOPED_FOR(
            "a lost migration is taken for done", new HandlerMutation(Step.MigrateGuest.class, Altered::hoping)),
    MIGRATION_ERROR_BELIEVED(
            "a migration that reported an error isn't looked at",
            new HandlerMutation(Step.MigrateGuest.class, Altered::believingErrors)),
    MIGRATION_NOT_UNDONE(
            "a migration that failed is left as it is",
            new HandlerMutation(Step.MigrateGuest.class, Altered::withoutUndo)),
    DEFINED_AT_THE_SOURCE_WHILE_MIGRATED(
            "the source could start the guest anew beside the one that left",
            PlanMutation.without(List.of(Step.MakeTransient.class, Step.ForgetGuest.class))
                    .in("migrate-live")),
    DEFINED_AT_THE_TARGET_TOO_EARLY(
            "the target could start the guest anew beside the one that is to come",
            PlanMutation.moved(Step.MakePersistent.class, false, Step.MigrateGuest.class)
                    .in("migrate-live")),
    RUNS_BEFORE_IT_ARRIVED(
            "the guest is let run at the target before it is known to have left the source",
            PlanMutation.moved(Step.ResumeGuest.class, false, Step.MigrateGuest.class)
                    .in("migrate-live")),
    LEFT_BEFORE_THE_RESTORE(
            "the source's directory is deleted before the guest runs at the target",
            Task.MIGRATE_IN_VAIN,
            PlanMutation.moved(Step.LeaveDirectory.class, false, Step.RestorePaused.class)),
    LEFT_BEHIND(
            "an old directory stays at the source",
            Task.MIGRATE,
            PlanMutation.without(List.of(Step.LeaveDirectory.class))),
    BROUGHT_FOR_GOOD(
            "a directory that was brought in vain stays at the target",
            Task.MIGRATE_IN_VAIN,
            new HandlerMutation(Step.BringDirectory.class, Altered::withoutUndo)),
    BROUGHT_AND_NOT_DURABLE(
            "the source's directory is deleted while the target's isn't on its medium",
            Task.MIGRATE,
            new CopyNotDurable()),
    DISK_LEFT_BEHIND(
            "a guest that runs doesn't take its disk along", Task.MIGRATE_LIVE, PlanMutation.withoutCopiedDisks()),
    DISK_NOT_DURABLE(
            "a guest goes on from a copied disk that isn't on its medium", Task.MIGRATE_LIVE, new DiskNotDurable()),
    LEFT_BEFORE_IT_ARRIVED(
            "the source's directory is deleted while the guest runs from it",
            Task.MIGRATE_LIVE,
            PlanMutation.moved(Step.LeaveDirectory.class, false, Step.MigrateGuest.class)),
    UNSEEN_TAKEN_AS_APART(
            "a directory is deleted since nobody saw that it is shared", Task.MIGRATE, new UnseenTakenAsApart()),
    MOVED_DIRECTORY_LEFT_FIRST(
            "a directory is deleted at its source before it is moved",
            Task.MOVE_DIRECTORY,
            PlanMutation.moved(Step.LeaveDirectory.class, false, Step.BringDirectory.class)),
    MOVED_DIRECTORY_NOT_DURABLE(
            "a moved directory is deleted at its source while the target's isn't on its medium",
            Task.MOVE_DIRECTORY,
            new CopyNotDurable()),
    MOVED_DIRECTORY_UNSEEN_TAKEN_AS_APART(
            "a directory that is to be moved is deleted since nobody saw that it is shared",
            Task.MOVE_DIRECTORY,
            new UnseenTakenAsApart()),
    DIRECTORY_DELETED_BEFORE_THE_END(
            "a VM's directory is deleted before its guest is ended",
            Task.TERMINATE_WITH_DIRECTORY,
            PlanMutation.moved(Step.SetDirectoryAside.class, false, Step.EndGuest.class)
                    .and(PlanMutation.moved(Step.DeleteDirectory.class, false, Step.EndGuest.class))),
    DIRECTORY_ONLY_SET_ASIDE(
            "a directory that was to go with its VM is only renamed",
            Task.TERMINATE_WITH_DIRECTORY,
            PlanMutation.without(List.of(Step.DeleteDirectory.class))),
    JOURNAL_FORGETS("the journal's last write isn't durable", JournalMutation.forgetful()),
    INTENTS_NOT_WRITTEN("only outcomes are written down", JournalMutation.withoutIntents()),
    EPOCH_NOT_CHECKED("the journal takes writes of a lost lease", new EpochMutation(false, true)),
    GUARD_ACCEPTS_ALL("hosts carry out commands of a lower epoch", new EpochMutation(true, false)),
    GUARD_NOT_RAISED("the hosts don't hear of a takeover", new GuardNotRaised()),
    ABSENCE_NOT_PROVEN("nobody looks whether the guest is alive somewhere", new AbsenceNotProven());

    private final String text;
    private final Optional<Task> where;
    private final Variation variation;

    Mutation(String text, Variation variation) {
        this(text, Optional.empty(), variation);
    }

    /** @param where it is to be noticed */
    Mutation(String text, Task where, Variation variation) {
        this(text, Optional.of(where), variation);
    }

    Mutation(String text, Optional<Task> where, Variation variation) {
        this.text = text;
        this.where = where;
        this.variation = variation;
    }

    /** Where it can make a difference. */
    boolean concerns(Scenario scenario) {
        return where.isEmpty() || where.get() == scenario.task();
    }

    /** The engine with it. */
    public Variation variation() {
        return variation;
    }

    @Override
    public String toString() {
        return name() + " (" + text + ")";
    }
}
