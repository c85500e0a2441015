package io.berth.core.fleet;

import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks, does what can be done, and looks again, until nothing is left that wasn't tried: VMs come and go meanwhile, what
 * was too much at first may fit in the end. What is true is on hosts and storage, never in here. Used once.
 */
final class Voyage {
    private final Errand errand;
    private final Clock clock;
    private final Map<UUID, Fate> fates = new LinkedHashMap<>();

    Voyage(Errand errand, Clock clock) {
        this.errand = errand;
        this.clock = clock;
    }

    /** @param look what is still to be done, as things are at that moment */
    FleetReport run(Supplier<FleetPlan> look, Function<Move, RunResult> operation) {
        var begun = clock.instant();
        var plan = look.get();
        for (var fresh = fresh(plan); !fresh.isEmpty(); fresh = fresh(plan)) {
            for (var fate : errand.run(fresh, operation)) {
                fates.put(fate.move().vm().uuid(), fate);
            }
            try {
                plan = look.get();
            } catch (Failure blind) {
                // What was done is to be told all the same.
                plan = new FleetPlan(plan.kind(), List.of(), plan.left(), List.of(blind), plan.pace(), plan.takes());
            }
        }
        var last = plan;
        return new FleetReport(
                plan.kind(),
                fates.values().stream()
                        .map(fate -> isGone(fate, last) ? fate.gone() : fate)
                        .toList(),
                untried(plan.left()),
                plan.silent(),
                Duration.between(begun, clock.instant()));
    }

    private List<Move> fresh(FleetPlan plan) {
        return plan.moves().stream()
                .filter(move -> !fates.containsKey(move.vm().uuid()))
                .toList();
    }

    private List<Left> untried(List<Left> left) {
        var untried = new ArrayList<>(left);
        untried.removeIf(each -> fates.containsKey(each.vm().uuid()));
        return untried;
    }

    /** Refused, and nobody sees it there any more. */
    private static boolean isGone(Fate fate, FleetPlan last) {
        var seen = Stream.concat(
                last.moves().stream().map(Move::vm), last.left().stream().map(Left::vm));
        return fate.end() == Fate.End.REFUSED
                && last.silent().isEmpty()
                && seen.noneMatch(vm -> vm.uuid().equals(fate.move().vm().uuid()));
    }
}
