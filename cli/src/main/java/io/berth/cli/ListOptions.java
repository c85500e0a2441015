package io.berth.cli;

import io.berth.cli.output.Filter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The options of every list, as OpenNebula's users know them. */
final class ListOptions {
    static final String LIST = "--list";
    static final String FILTER = "--filter";
    static final String OPERATOR = "--operator";
    static final String CSV = "--csv";
    static final String CSV_DELIMITER = "--csv-del";
    static final String NO_HEADER = "--no-header";

    private ListOptions() {}

    static List<OptionSpec> all(OptionSpec... more) {
        var usual = Stream.of(
                Specs.value(List.of("-l", LIST), "COL,...", "Show these columns, in this order."),
                Specs.values(
                        List.of("-f", FILTER),
                        "COL=VALUE",
                        "Show only these; also with !=, <, <=, >, >= and ~ (a regular expression)."),
                Specs.value(OPERATOR, "AND|OR", "How several filters go together; AND by default."),
                Specs.flag(CSV, "Print comma-separated values."),
                Specs.value(CSV_DELIMITER, "TEXT", "What stands between the values instead of a comma."),
                Specs.flag(NO_HEADER, "Without the first line."),
                Specs.json());
        return Stream.concat(Stream.of(more), usual).toList();
    }

    static List<Filter> filters(Invocation invocation) {
        return invocation.texts(FILTER).stream()
                .map(text -> Filter.parse(text)
                        .orElseThrow(
                                () -> Usage.wrong("'" + text + "' is no filter", "write COLUMN=VALUE, as STAT=runn")))
                .toList();
    }
}
