package io.berth.simulator.mutation;

import io.berth.core.operation.AdoptSurvey;
import io.berth.core.operation.CheckpointSurvey;
import io.berth.core.operation.LiveMigrateSurvey;
import io.berth.core.operation.MigrateSurvey;
import io.berth.core.operation.MoveDirectorySurvey;
import io.berth.core.operation.Planners;
import io.berth.core.operation.RehearsalSurvey;
import io.berth.core.operation.ResumeSurvey;
import io.berth.core.operation.StartSurvey;
import io.berth.core.operation.StopSurvey;
import io.berth.core.operation.SuspendSurvey;
import io.berth.core.operation.TerminateSurvey;
import io.berth.core.operation.Wiring;
import io.berth.core.plan.Plan;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.World;
import java.util.List;
import java.util.Set;

/** Plans a resume without regard to where the guest may be alive. */
final class AbsenceNotProven implements Variation {
    @Override
    public Wiring rewire(Wiring wiring, EngineProcess engine, World world) {
        return Rewiring.planners(wiring, new Careless(wiring.planners()));
    }

    private record Careless(Planners sound) implements Planners {
        @Override
        public Plan suspend(SuspendSurvey facts) {
            return sound.suspend(facts);
        }

        @Override
        public Plan stop(StopSurvey facts) {
            return sound.stop(facts);
        }

        @Override
        public Plan resume(ResumeSurvey facts) {
            return sound.resume(withoutSightings(facts));
        }

        @Override
        public Plan start(StartSurvey facts) {
            return sound.start(new StartSurvey(
                    facts.candidates().stream()
                            .map(candidate ->
                                    new StartSurvey.Candidate(withoutSightings(candidate.there()), candidate.memory()))
                            .toList(),
                    Set.of()));
        }

        private static ResumeSurvey withoutSightings(ResumeSurvey facts) {
            return new ResumeSurvey(
                    facts.token(),
                    facts.checkpoint(),
                    facts.record(),
                    facts.target(),
                    List.of(),
                    Set.of(),
                    facts.deadHosts(),
                    facts.obstacles(),
                    facts.moves(),
                    facts.definition(),
                    facts.linkFolder());
        }

        @Override
        public Plan migrate(MigrateSurvey facts) {
            return sound.migrate(facts);
        }

        @Override
        public Plan migrateLive(LiveMigrateSurvey facts) {
            return sound.migrateLive(facts);
        }

        @Override
        public Plan terminate(TerminateSurvey facts) {
            return sound.terminate(facts);
        }

        @Override
        public Plan moveDirectory(MoveDirectorySurvey facts) {
            return sound.moveDirectory(facts);
        }

        @Override
        public Plan verify(CheckpointSurvey facts) {
            return sound.verify(facts);
        }

        @Override
        public Plan delete(CheckpointSurvey facts) {
            return sound.delete(facts);
        }

        @Override
        public Plan adopt(AdoptSurvey facts) {
            return sound.adopt(facts);
        }

        @Override
        public Plan rehearse(RehearsalSurvey facts) {
            return sound.rehearse(facts);
        }
    }
}
