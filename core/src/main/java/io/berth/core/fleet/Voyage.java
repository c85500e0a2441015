package io.berth.core.fleet;

import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.VmRef;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks, does what can be done, and looks again, until nothing is left that wasn't tried: VMs come and go meanwhile, what
 * was too much at first may fit in the end, and what somebody else is at is waited for. What is true is on hosts and
 * storage, never in here. Used once.
 */
final class Voyage {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** Ten minutes in all: whoever holds a VM for longer isn't waited for. */
    private static final int WAITS = 300;

    private final Errand errand;
    private final Supplier<Set<UUID>> underWay;
    private final Clock clock;
    private final Map<UUID, Fate> fates = new LinkedHashMap<>();
    private final List<Fate> tried = new ArrayList<>();
    private final Set<UUID> waitedFor = new HashSet<>();
    private Duration worked = Duration.ZERO;
    private int waits;

    /** @param underWay VMs that anybody is at work on */
    Voyage(Errand errand, Supplier<Set<UUID>> underWay, Clock clock) {
        this.errand = errand;
        this.underWay = underWay;
        this.clock = clock;
    }

    /** @param look what is still to be done, as things are at that moment; it hears what was done before */
    FleetReport run(Function<SoFar, FleetPlan> look, Function<Move, RunResult> operation) {
        var begun = clock.instant();
        var plan = look.apply(SoFar.NOTHING);
        while (goesOn(plan, operation)) {
            try {
                plan = look.apply(new SoFar(tried, worked, Duration.between(begun, clock.instant())));
            } catch (Failure blind) {
                // What was done is to be told all the same.
                plan = new FleetPlan(plan.kind(), List.of(), plan.left(), List.of(blind), plan.pace(), plan.takes());
            }
        }
        return report(plan, Duration.between(begun, clock.instant()));
    }

    /** Does what can be done, or waits for others; false when there is neither. */
    private boolean goesOn(FleetPlan plan, Function<Move, RunResult> operation) {
        var others = plan.moves().isEmpty() && plan.left().isEmpty() ? Set.<UUID>of() : underWay.get();
        var next = plan.moves().stream()
                .filter(move -> isNew(move) || isFreeAgain(move.vm(), others))
                .toList();
        if (!next.isEmpty()) {
            var begun = clock.instant();
            var ended = errand.run(next, operation);
            worked = worked.plus(Duration.between(begun, clock.instant()));
            for (var fate : ended) {
                fates.put(fate.move().vm().uuid(), fate);
                tried.add(fate);
                waitedFor.remove(fate.move().vm().uuid());
            }
            return true;
        }
        var held = held(plan).filter(others::contains).toList();
        if (held.isEmpty() || errand.isCancelled() || waits++ == WAITS) {
            return false;
        }
        waitedFor.addAll(held);
        errand.pause(BETWEEN_LOOKS);
        return true;
    }

    /** Not tried yet, or not so. */
    private boolean isNew(Move move) {
        var fate = fates.get(move.vm().uuid());
        return fate == null
                || (fate.end() != Fate.End.NOT_BEGUN
                        && (fate.move().way() != move.way()
                                || !fate.move().target().equals(move.target())));
    }

    private boolean isFreeAgain(VmRef vm, Set<UUID> others) {
        return waitedFor.contains(vm.uuid()) && !others.contains(vm.uuid());
    }

    /** Those that nothing was done with because of others, perhaps. */
    private Stream<UUID> held(FleetPlan plan) {
        return Stream.concat(
                plan.moves().stream().map(move -> move.vm().uuid()).filter(this::wasRefused),
                plan.left().stream()
                        .filter(left -> left.why().kind() == FailureKind.CONFLICT)
                        .map(left -> left.vm().uuid()));
    }

    private boolean wasRefused(UUID vm) {
        var fate = fates.get(vm);
        return fate != null && fate.isHeldByOthers();
    }

    private FleetReport report(FleetPlan last, Duration took) {
        var untried = new ArrayList<>(last.left());
        untried.removeIf(each -> fates.containsKey(each.vm().uuid()));
        return new FleetReport(
                last.kind(),
                fates.values().stream()
                        .map(fate -> isGone(fate, last) ? fate.gone() : fate)
                        .toList(),
                untried,
                last.silent(),
                took);
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
