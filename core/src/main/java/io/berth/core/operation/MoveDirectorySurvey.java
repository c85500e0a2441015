package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.storage.DirectoryContent;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectory;
import java.util.List;
import java.util.Optional;

/**
 * The facts that the move of a directory is planned from.
 *
 * @param declared what is known of the two hosts without asking them
 * @param content of the directory at the source; empty: there is none
 * @param isAtTarget whether the target has one of that name
 * @param free room at the target
 * @param obstacles why it mustn't be touched now
 */
public record MoveDirectorySurvey(
        FencingToken token,
        VmDirectory directory,
        HostRef from,
        HostRef to,
        Optional<Sharing> declared,
        Optional<DirectoryContent> content,
        boolean isAtTarget,
        DataSize free,
        List<Failure> obstacles) {
    public MoveDirectorySurvey {
        obstacles = List.copyOf(obstacles);
    }

    /** Of one that was moved before. */
    static MoveDirectorySurvey moved(MoveDirectoryRequest request, FencingToken token) {
        return new MoveDirectorySurvey(
                token,
                request.directory(),
                request.from(),
                request.to(),
                Optional.empty(),
                Optional.empty(),
                true,
                DataSize.ZERO,
                List.of());
    }

    boolean isDeclared(Sharing sharing) {
        return declared.filter(sharing::equals).isPresent();
    }
}
