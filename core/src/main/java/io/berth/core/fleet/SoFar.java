package io.berth.core.fleet;

import io.berth.core.journal.OperationState;
import io.berth.core.run.RunResult;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a fleet has done until now.
 *
 * @param tried what became of each move; several of one VM, when it was tried again
 * @param worked the time in which anything was under way
 * @param elapsed since the beginning
 */
record SoFar(List<Fate> tried, Duration worked, Duration elapsed) {
    static final SoFar NOTHING = new SoFar(List.of(), Duration.ZERO, Duration.ZERO);

    SoFar {
        tried = List.copyOf(tried);
    }

    /** How fast estimated memory was done, so that estimates that are all too low do no harm; empty at first. */
    Optional<Pace> pace() {
        var memory = tried.stream()
                .filter(fate -> fate.end() == Fate.End.DONE)
                .mapToLong(fate -> fate.move().memory().bytes())
                .sum();
        var perSecond = worked.isZero() ? 0 : (long) (memory * 1000.0 / Math.max(1, worked.toMillis()));
        return perSecond == 0 ? Optional.empty() : Optional.of(new Pace(new DataSize(perSecond), Pace.Source.MEASURED));
    }

    /** Why it isn't to be tried again so; empty when it wasn't, or only others were at work on it. */
    Optional<Failure> triedInVain(VmRef vm, HostRef target, Way way) {
        return tried.stream()
                .filter(fate -> fate.move().vm().equals(vm) && !fate.isHeldByOthers())
                .filter(fate -> isUnfinished(fate)
                        || (fate.move().way() == way
                                && fate.move().target().filter(target::equals).isPresent()))
                .flatMap(fate -> fate.failure().stream())
                .findFirst();
    }

    /** Nobody knows what became of it, or it isn't done yet: nothing is tried before recovery. */
    private static boolean isUnfinished(Fate fate) {
        return fate.result()
                .map(RunResult::state)
                .filter(state -> state == OperationState.PENDING || state == OperationState.ACTIVE)
                .isPresent();
    }
}
