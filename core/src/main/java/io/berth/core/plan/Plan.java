package io.berth.core.plan;

import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
 * @param cleanup index of the first step that only tidies up
 */
public record Plan(
        OperationId operation,
        String kind,
        VmRef vm,
        List<Step> steps,
        int pointOfNoReturn,
        List<String> confirmations,
        int cleanup) {

    public Plan {
        steps = List.copyOf(steps);
        confirmations = List.copyOf(confirmations);
        if (pointOfNoReturn < 0 || pointOfNoReturn > steps.size() || cleanup < pointOfNoReturn) {
            throw new IllegalArgumentException("borders out of order: " + pointOfNoReturn + ", " + cleanup);
        }
        var names = new HashSet<String>();
        for (var step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("two steps named " + step.name());
            }
        }
        if (!names.containsAll(confirmations)) {
            throw new IllegalArgumentException("confirms steps it doesn't have: " + confirmations);
        }
    }

    /** Where anything of it happens: the hosts whose guard must know the operation's epoch. */
    public SortedSet<HostRef> hosts() {
        var hosts = new TreeSet<HostRef>();
        steps.forEach(step -> step.host().ifPresent(hosts::add));
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

        public Plan build() {
            var border = pointOfNoReturn < 0 ? steps.size() : pointOfNoReturn;
            return new Plan(operation, kind, vm, steps, border, confirmations, cleanup < 0 ? steps.size() : cleanup);
        }
    }
}
