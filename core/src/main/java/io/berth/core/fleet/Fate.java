package io.berth.core.fleet;

import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a move.
 *
 * @param result of its operation, if it was begun
 * @param why it was refused, or wasn't begun
 */
public record Fate(Move move, End end, Optional<RunResult> result, Optional<Failure> why) {
    private static final Set<String> HELD = Set.of("vm.busy", "vm.needs-recovery", "vm.overtaken");

    /** In one word. */
    public enum End {
        DONE,
        /** Refused; and it isn't there any more: somebody else has taken care of it. */
        GONE,
        /** Begun, and not done. */
        FAILED,
        /** Nothing was touched. */
        REFUSED,
        /** The fleet was cancelled before its turn. */
        NOT_BEGUN
    }

    /** Why it isn't done. */
    Optional<Failure> failure() {
        return why.or(() -> result.flatMap(RunResult::failure));
    }

    /** Refused because somebody else is at work on the VM: when he is through, it may be tried again. */
    boolean isHeldByOthers() {
        return why.filter(failure -> HELD.contains(failure.code())).isPresent();
    }

    static Fate of(Move move, RunResult result) {
        return new Fate(move, result.succeeded() ? End.DONE : End.FAILED, Optional.of(result), Optional.empty());
    }

    static Fate refused(Move move, Failure why) {
        return new Fate(move, End.REFUSED, Optional.empty(), Optional.of(why));
    }

    static Fate notBegun(Move move) {
        return new Fate(move, End.NOT_BEGUN, Optional.empty(), Optional.empty());
    }

    Fate gone() {
        return new Fate(move, End.GONE, result, why);
    }
}
