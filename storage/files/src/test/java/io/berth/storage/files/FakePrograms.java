package io.berth.storage.files;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import java.util.List;
import java.util.Optional;

/** What fake hosts can do besides the helper's work on files. */
@FunctionalInterface
public interface FakePrograms {
    FakePrograms NONE = (host, argv) -> Optional.empty();

    /** Empty for a command that it doesn't know. */
    Optional<CommandResult> run(HostRef host, List<String> argv);

    /** The same with standard input, which few commands read. */
    default Optional<CommandResult> run(HostRef host, List<String> argv, byte[] stdin) {
        return run(host, argv);
    }
}
