package io.berth.cli.output;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing in full: a name and a value a line, the values under each other. Not thread-safe. */
public final class Sheet {
    private final Map<String, String> lines = new LinkedHashMap<>();

    public Sheet line(String name, String value) {
        lines.put(name, value);
        return this;
    }

    public void print(PrintStream output) {
        var width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        lines.forEach((name, value) -> output.println(name + " ".repeat(width - name.length()) + " : " + value));
    }
}
