package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.util.List;

/**
 * The facts a cold migration is planned from.
 *
 * @param saving as for a suspend
 * @param knownAtTarget the target keeps a definition of the guest already
 * @param obstacles why the guest couldn't go on at the target, or the checkpoint couldn't be read there
 * @param moves VM directories that go along
 * @param targetDefinition transformed for the target
 * @param sourceDefinition transformed for the source, in case the guest has to come back
 */
public record MigrateSurvey(
        SuspendSurvey saving,
        HostRef target,
        boolean knownAtTarget,
        List<Failure> obstacles,
        List<DirectoryMove> moves,
        String targetDefinition,
        String sourceDefinition) {
    public MigrateSurvey {
        obstacles = List.copyOf(obstacles);
        moves = List.copyOf(moves);
    }
}
