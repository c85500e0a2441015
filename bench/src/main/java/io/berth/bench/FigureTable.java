package io.berth.bench;

import io.berth.bench.figure.Better;
import io.berth.bench.figure.Figure;
import java.util.List;
import java.util.Locale;

/** Figures for people. */
final class FigureTable {
    private static final String HEAD = "%-32s %9s %-6s %10s  %s";

    private FigureTable() {}

    static List<String> lines(List<Figure> figures) {
        var lines = new java.util.ArrayList<String>();
        lines.add(String.format(Locale.ROOT, HEAD, "ID", "VALUE", "UNIT", "LIMIT", "OK")
                .stripTrailing());
        figures.forEach(figure -> lines.add(line(figure)));
        return List.copyOf(lines);
    }

    private static String line(Figure figure) {
        var target = figure.target();
        var side = target.better() == Better.LOWER ? "<= " : ">= ";
        return String.format(
                Locale.ROOT,
                HEAD,
                target.id(),
                number(figure.value()),
                target.unit(),
                side + number(target.limit()),
                verdict(figure));
    }

    private static String verdict(Figure figure) {
        if (figure.isReached()) {
            return "yes";
        }
        return figure.isReachedThere()
                ? "NO, but " + number(figure.scaled()) + " where processes start " + number(figure.slowness())
                        + " times faster, as where the limit was set"
                : "NO";
    }

    /** As precise as it matters: 0.412, 24.1, 187. */
    static String number(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }
}
