package io.berth.cli;

import io.berth.cli.output.Column;
import io.berth.cli.output.Filter;
import io.berth.cli.output.JsonText;
import io.berth.cli.output.ListPrinter;
import io.berth.cli.output.Listing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a list the way the command line asks for. */
final class ListCommand {
    private ListCommand() {}

    static <T> void print(Invocation invocation, Listing<T> listing, List<T> items) {
        var columns = columns(invocation, listing);
        var kept = kept(invocation, listing, items);
        var output = invocation.session().output();
        if (invocation.has(Specs.JSON)) {
            output.println(JsonText.of(kept.stream().map(listing::json).toList()));
            return;
        }
        var printer = new ListPrinter(
                output,
                !invocation.has(ListOptions.NO_HEADER),
                invocation.session().terminal().output());
        if (invocation.has(ListOptions.CSV)) {
            printer.csv(
                    columns, kept, invocation.text(ListOptions.CSV_DELIMITER).orElse(","));
        } else {
            printer.table(columns, kept);
        }
    }

    private static <T> List<Column<T>> columns(Invocation invocation, Listing<T> listing) {
        return invocation
                .text(ListOptions.LIST)
                .map(names -> Arrays.stream(names.split(",", -1))
                        .map(name -> column(listing, name))
                        .toList())
                .orElseGet(() -> listing.columns().subList(0, listing.usual()));
    }

    private static <T> Column<T> column(Listing<T> listing, String name) {
        var wanted = name.strip().toUpperCase(Locale.ROOT);
        return listing.columns().stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Usage.wrong(
                        "there is no column '" + name.strip() + "'",
                        "there are "
                                + String.join(
                                        ", ",
                                        listing.columns().stream()
                                                .map(Column::name)
                                                .toList())));
    }

    private static <T> List<T> kept(Invocation invocation, Listing<T> listing, List<T> items) {
        var filters = ListOptions.filters(invocation);
        if (filters.isEmpty()) {
            return items;
        }
        Map<Filter, Column<T>> columns = new LinkedHashMap<>();
        filters.forEach(filter -> columns.put(filter, column(listing, filter.column())));
        var any = switch (invocation.text(ListOptions.OPERATOR).orElse("AND").toUpperCase(Locale.ROOT)) {
            case "AND" -> false;
            case "OR" -> true;
            default -> throw Usage.wrong("--operator is AND or OR", "write --operator OR");
        };
        return items.stream()
                .filter(item -> any
                        ? columns.entrySet().stream().anyMatch(entry -> accepts(entry, item))
                        : columns.entrySet().stream().allMatch(entry -> accepts(entry, item)))
                .toList();
    }

    private static <T> boolean accepts(Map.Entry<Filter, Column<T>> condition, T item) {
        return condition.getKey().accepts(condition.getValue().text().apply(item));
    }
}
