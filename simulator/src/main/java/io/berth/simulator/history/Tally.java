package io.berth.simulator.history;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happened, in numbers. Not thread-safe. */
final class Tally {
    private final SortedMap<String, Integer> operations = new TreeMap<>();
    private final SortedMap<String, Integer> outcomes = new TreeMap<>();
    private final SortedMap<String, Integer> faults = new TreeMap<>();

    void operation(String kind, String fate) {
        operations.merge((kind + " " + fate).strip(), 1, Integer::sum);
    }

    void outcome(String what) {
        outcomes.merge(what, 1, Integer::sum);
    }

    void fault(String kind) {
        faults.merge(kind, 1, Integer::sum);
    }

    void add(Tally other) {
        add(operations, other.operations);
        add(outcomes, other.outcomes);
        add(faults, other.faults);
    }

    private static void add(SortedMap<String, Integer> to, Map<String, Integer> from) {
        from.forEach((key, count) -> to.merge(key, count, Integer::sum));
    }

    /** What was asked and whether it was answered. */
    SortedMap<String, Integer> operations() {
        return operations;
    }

    /** How operations ended. */
    SortedMap<String, Integer> outcomes() {
        return outcomes;
    }

    SortedMap<String, Integer> faults() {
        return faults;
    }
}
