package io.berth.core.operation;

import io.berth.core.plan.Plan;

/**
 * Compiles facts into plans: pure functions. Each throws {@link io.berth.driver.Failure} when the facts forbid what is
 * asked, before anything is touched.
 */
public interface Planners {
    Plan suspend(SuspendSurvey facts);

    Plan stop(StopSurvey facts);

    Plan resume(ResumeSurvey facts);

    Plan start(StartSurvey facts);

    Plan migrate(MigrateSurvey facts);

    Plan migrateLive(LiveMigrateSurvey facts);

    Plan terminate(TerminateSurvey facts);

    Plan moveDirectory(MoveDirectorySurvey facts);

    Plan verify(CheckpointSurvey facts);

    Plan delete(CheckpointSurvey facts);

    Plan adopt(AdoptSurvey facts);

    Plan rehearse(RehearsalSurvey facts);
}
