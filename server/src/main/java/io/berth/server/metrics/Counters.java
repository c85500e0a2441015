package io.berth.server.metrics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** A counter for each combination of labels. Thread-safe. */
final class Counters {
    private final String name;
    private final String help;
    private final ConcurrentHashMap<SortedMap<String, String>, DoubleAdder> counters = new ConcurrentHashMap<>();

    Counters(String name, String help) {
        this.name = name;
        this.help = help;
    }

    void add(SortedMap<String, String> labels, double more) {
        counters.computeIfAbsent(new TreeMap<>(labels), _ -> new DoubleAdder()).add(more);
    }

    Metric metric() {
        return new Metric(name, Metric.Type.COUNTER, help, samples());
    }

    /** In an order that stays, for people who look twice. */
    private List<Metric.Sample> samples() {
        return counters.entrySet().stream()
                .map(counter ->
                        new Metric.Sample(counter.getKey(), counter.getValue().sum()))
                .sorted((one, other) ->
                        one.labels().toString().compareTo(other.labels().toString()))
                .toList();
    }
}
