package io.berth.server.metrics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that is counted or measured.
 *
 * @param name with its unit, as Prometheus wants names: {@code berth_tasks_running}
 * @param help what it is, for people
 * @param samples one for each combination of labels that was seen
 */
record Metric(String name, Type type, String help, List<Sample> samples) {
    Metric {
        samples = List.copyOf(samples);
    }

    /** Whether it only ever grows. */
    enum Type {
        COUNTER,
        GAUGE
    }

    record Sample(SortedMap<String, String> labels, double value) {}

    static Metric gauge(String name, String help, double value) {
        return new Metric(name, Type.GAUGE, help, List.of(new Sample(new TreeMap<>(), value)));
    }
}
