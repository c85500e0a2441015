package io.berth.cli.output;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180): quoted where a value has the delimiter, a quote or a blank at its edge. */
final class CsvText {
    private CsvText() {}

    static String line(List<String> values, String delimiter) {
        return values.stream().map(value -> quoted(value, delimiter)).collect(Collectors.joining(delimiter));
    }

    private static String quoted(String value, String delimiter) {
        var plain = !value.contains(delimiter)
                && value.indexOf('"') < 0
                && value.indexOf('\n') < 0
                && value.equals(value.strip());
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
