package io.berth.bench.stage;

import io.berth.bench.figure.Samples;
import io.berth.engine.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time of an operation goes, step by step. */
public final class StepTimes {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, Samples> milliseconds = new LinkedHashMap<>();

    public void add(Report report) {
        report.steps()
                .forEach(step -> milliseconds
                        .computeIfAbsent(step.step(), _ -> new Samples())
                        .add(step.took().toNanos() / NANOS_PER_MILLI));
    }

    /** Medians in milliseconds: {@code create 12, attach 8}. */
    @Override
    public String toString() {
        return milliseconds.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT, "%s %.0f", entry.getKey(), entry.getValue().median()))
                .collect(Collectors.joining(", ", "[ms] ", ""));
    }
}
