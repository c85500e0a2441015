package io.berth.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lines of a table, each column as wide as it has to be. */
final class TableText {
    private TableText() {}

    static <T> List<String> lines(List<Column<T>> columns, List<T> items, boolean header, boolean colours) {
        var widths = new int[columns.size()];
        for (var index = 0; index < widths.length; index++) {
            var column = columns.get(index);
            widths[index] = header ? width(column.name()) : 0;
            for (var item : items) {
                widths[index] = Math.max(widths[index], width(column.text().apply(item)));
            }
        }
        var lines = new ArrayList<String>();
        if (header) {
            lines.add(line(columns, widths, colours, Column::name, column -> Style.HEADER));
        }
        for (var item : items) {
            lines.add(line(
                    columns,
                    widths,
                    colours,
                    column -> column.text().apply(item),
                    column -> column.style().apply(item)));
        }
        return lines;
    }

    private interface Of<T, R> {
        R of(Column<T> column);
    }

    private static <T> String line(
            List<Column<T>> columns, int[] widths, boolean colours, Of<T, String> text, Of<T, Style> style) {
        var line = new StringBuilder();
        for (var index = 0; index < widths.length; index++) {
            var column = columns.get(index);
            var cell = padded(text.of(column), widths[index], column.toTheRight());
            if (index > 0) {
                line.append(' ');
            }
            line.append(colours ? style.of(column).on(cell) : cell);
        }
        return line.toString().stripTrailing();
    }

    private static String padded(String text, int width, boolean toTheRight) {
        var gap = " ".repeat(Math.max(0, width - width(text)));
        return toTheRight ? gap + text : text + gap;
    }

    /** Characters, not the two halves of one beyond the basic plane. */
    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
