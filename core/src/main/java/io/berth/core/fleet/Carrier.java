package io.berth.core.fleet;

import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import java.util.function.Function;

/** Has a move's operation run under its caller's eyes: with his options, told to whoever listens. */
@FunctionalInterface
public interface Carrier {
    /** @throws io.berth.driver.Failure when the operation is refused */
    RunResult carry(Move move, Function<RunOptions, RunResult> operation);
}
