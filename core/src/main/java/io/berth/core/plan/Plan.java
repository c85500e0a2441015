package io.berth.core.plan;

import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An operation as data: what is done in which order, and where there is no way back.
 *
 * <p>Steps before {@code pointOfNoReturn} are undone, last first, when one of them fails. Once all of them are done the
 * operation goes on only forward, unless one of {@code confirmations} no longer holds at that very moment. Steps from
 * {@code cleanup} on change nothing about what was asked: when one of them can't be done now the operation has
 * succeeded all the same, and recovery does the rest.
 *
 * @param kind {@code suspend}, {@code resume}, ...
 * @param pointOfNoReturn index of the first step after it; 0 for an operation that is never undone
 * @param confirmations names of steps, before the point, that must still verify when it is crossed
 * <p>An operation with more than one point of no return is a plan that goes on with another: a cold migration saves, then
 * restores elsewhere. Each is a leg of the journey. When a later leg is undone, its {@code retreat} is taken instead: the
 * migrated guest is restored where it came from.
 *
 * @param cleanup index of the first step that only tidies up
 * @param onward the next leg, once all of this one is done
 * @param retreat what is done when this leg was undone; only later legs and retreats have one
 */
public record Plan(
        OperationId operation,
        String kind,
        VmRef vm,
        List<Step> steps,
        int pointOfNoReturn,
        List<String> confirmations,
        int cleanup,
        Optional<Plan> onward,
        Optional<Plan> retreat) {

    public Plan {
        steps = List.copyOf(steps);
        confirmations = List.copyOf(confirmations);
        if (pointOfNoReturn < 0 || pointOfNoReturn > steps.size() || cleanup < pointOfNoReturn) {
            throw new IllegalArgumentException("borders out of order: " + pointOfNoReturn + ", " + cleanup);
        }
        var own = steps.stream().map(Step::name).toList();
        if (!own.containsAll(confirmations)) {
            throw new IllegalArgumentException("confirms steps it doesn't have: " + confirmations);
        }
        var names = new HashSet<String>();
        Stream.of(Optional.of(steps.stream()), onward.map(Plan::all), retreat.map(Plan::all))
                .flatMap(found -> found.orElseGet(Stream::empty))
                .forEach(step -> {
                    if (!names.add(step.name())) {
                        throw new IllegalArgumentException("two steps named " + step.name());
                    }
                });
    }

    /** This leg and all that may follow. */
    public Stream<Plan> legs() {
        return Stream.of(Stream.of(this), legs(onward), legs(retreat)).flatMap(found -> found);
    }

    private static Stream<Plan> legs(Optional<Plan> first) {
        return first.map(Plan::legs).orElseGet(Stream::empty);
    }

    /** The steps of this leg and of all that may follow. */
    public Stream<Step> all() {
        return legs().flatMap(leg -> leg.steps.stream());
    }

    /** Where anything of it happens: the hosts whose guard must know the operation's epoch. */
    public SortedSet<HostRef> hosts() {
        var hosts = new TreeSet<HostRef>();
        all().flatMap(Step::hosts).forEach(hosts::add);
        return hosts;
    }

    public static Builder of(OperationId operation, String kind, VmRef vm) {
        return new Builder(operation, kind, vm);
    }

    /** Puts steps in order. Not thread-safe. */
    public static final class Builder {
        private final OperationId operation;
        private final String kind;
        private final VmRef vm;
        private final List<Step> steps = new ArrayList<>();
        private List<String> confirmations = List.of();
        private int pointOfNoReturn = -1;
        private int cleanup = -1;
        private Optional<Plan> onward = Optional.empty();
        private Optional<Plan> retreat = Optional.empty();

        private Builder(OperationId operation, String kind, VmRef vm) {
            this.operation = operation;
            this.kind = kind;
            this.vm = vm;
        }

        public Builder then(Step step) {
            steps.add(step);
            return this;
        }

        /** Everything so far can be undone, nothing from here. */
        public Builder pointOfNoReturn(String... confirming) {
            pointOfNoReturn = steps.size();
            confirmations = List.of(confirming);
            return this;
        }

        /** What was asked is done; from here the rest is tidied up. */
        public Builder cleanup() {
            cleanup = steps.size();
            return this;
        }

        /** When all of this is done. */
        public Builder onward(Plan next) {
            onward = Optional.of(next);
            return this;
        }

        /** When this was undone. */
        public Builder retreat(Plan instead) {
            retreat = Optional.of(instead);
            return this;
        }

        public Plan build() {
            var border = pointOfNoReturn < 0 ? steps.size() : pointOfNoReturn;
            var end = cleanup < 0 ? steps.size() : cleanup;
            return new Plan(operation, kind, vm, steps, border, confirmations, end, onward, retreat);
        }
    }
}
