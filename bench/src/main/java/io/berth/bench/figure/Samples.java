package io.berth.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of one kind, in the order they were taken. Used by one thread. */
public final class Samples {
    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    /** The middle one, or the mean of the middle two. */
    public double median() {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median, range and number: {@code 0.41 (0.38 to 0.60, 7)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f to %.3f, %d)",
                median(),
                values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                values.size());
    }
}
