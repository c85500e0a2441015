package io.berth.core.operation;

import io.berth.core.plan.Plan;

/** The planners Berth runs with. */
public final class StandardPlanners implements Planners {
    @Override
    public Plan suspend(SuspendSurvey facts) {
        return SuspendPlanner.plan(facts);
    }

    @Override
    public Plan stop(StopSurvey facts) {
        return StopPlanner.plan(facts);
    }

    @Override
    public Plan resume(ResumeSurvey facts) {
        return ResumePlanner.plan(facts);
    }

    @Override
    public Plan start(StartSurvey facts) {
        return StartPlanner.plan(facts);
    }

    @Override
    public Plan migrate(MigrateSurvey facts) {
        return MigratePlanner.plan(facts);
    }

    @Override
    public Plan migrateLive(LiveMigrateSurvey facts) {
        return LiveMigratePlanner.plan(facts);
    }

    @Override
    public Plan terminate(TerminateSurvey facts) {
        return TerminatePlanner.plan(facts);
    }

    @Override
    public Plan moveDirectory(MoveDirectorySurvey facts) {
        return MoveDirectoryPlanner.plan(facts);
    }

    @Override
    public Plan verify(CheckpointSurvey facts) {
        return CheckpointPlanner.verify(facts);
    }

    @Override
    public Plan delete(CheckpointSurvey facts) {
        return CheckpointPlanner.delete(facts);
    }

    @Override
    public Plan adopt(AdoptSurvey facts) {
        return AdoptPlanner.plan(facts);
    }

    @Override
    public Plan rehearse(RehearsalSurvey facts) {
        return RehearsalPlanner.plan(facts);
    }
}
