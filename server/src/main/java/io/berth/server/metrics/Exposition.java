package io.berth.server.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Metrics in Prometheus' text format, version 0.0.4. */
final class Exposition {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    /** Beyond it not every whole number is a double. */
    private static final double EXACT = 1L << 53;

    private Exposition() {}

    static String text(List<Metric> metrics) {
        return metrics.stream().map(Exposition::text).collect(Collectors.joining());
    }

    private static String text(Metric metric) {
        var text = new StringBuilder();
        text.append("# HELP ").append(metric.name()).append(' ').append(help(metric.help()));
        text.append("\n# TYPE ").append(metric.name()).append(' ');
        text.append(metric.type().name().toLowerCase(Locale.ROOT)).append('\n');
        for (var sample : metric.samples()) {
            text.append(metric.name()).append(labels(sample.labels())).append(' ');
            text.append(number(sample.value())).append('\n');
        }
        return text.toString();
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream()
                        .map(label ->
                                label.getKey() + "=\"" + help(label.getValue()).replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String help(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
