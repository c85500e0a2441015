package io.berth.bench.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time, from one instant to a later one of the same clock.
 *
 * @param from microseconds
 * @param to microseconds
 */
public record Span(long from, long to) {
    private static final double MICROS = 1e6;

    public Span {
        if (to < from) {
            throw new IllegalArgumentException("ends before it begins: " + from + " to " + to);
        }
    }

    public double seconds() {
        return (to - from) / MICROS;
    }

    /** The time that is covered by at least one of them, in seconds. */
    public static double covered(List<Span> spans) {
        return merged(spans).stream().mapToDouble(Span::seconds).sum();
    }

    /** The parts of {@code spans} that none of {@code holes} covers. */
    public static List<Span> without(List<Span> spans, List<Span> holes) {
        var left = spans;
        for (var hole : holes) {
            var rest = new ArrayList<Span>();
            for (var span : left) {
                if (hole.to <= span.from || hole.from >= span.to) {
                    rest.add(span);
                    continue;
                }
                if (hole.from > span.from) {
                    rest.add(new Span(span.from, hole.from));
                }
                if (hole.to < span.to) {
                    rest.add(new Span(hole.to, span.to));
                }
            }
            left = rest;
        }
        return List.copyOf(left);
    }

    private static List<Span> merged(List<Span> spans) {
        var result = new ArrayList<Span>();
        for (var span :
                spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
            if (!result.isEmpty() && span.from <= result.getLast().to) {
                var last = result.removeLast();
                result.add(new Span(last.from, Math.max(last.to, span.to)));
            } else {
                result.add(span);
            }
        }
        return result;
    }
}
