package io.berth.cli.output;

import java.io.PrintStream;
import java.util.List;

/** Prints lists as tables or as comma-separated values. */
public final class ListPrinter {
    private final PrintStream output;
    private final boolean header;
    private final boolean colours;

    public ListPrinter(PrintStream output, boolean header, boolean colours) {
        this.output = output;
        this.header = header;
        this.colours = colours;
    }

    public <T> void table(List<Column<T>> columns, List<T> items) {
        TableText.lines(columns, items, header, colours).forEach(output::println);
    }

    public <T> void csv(List<Column<T>> columns, List<T> items, String delimiter) {
        if (header) {
            output.println(CsvText.line(columns.stream().map(Column::name).toList(), delimiter));
        }
        items.forEach(item -> output.println(CsvText.line(
                columns.stream().map(column -> column.text().apply(item)).toList(), delimiter)));
    }
}
