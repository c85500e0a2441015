package io.berth.cli.output;

/** How a piece of text stands out on a terminal. */
public enum Style {
    PLAIN(""),
    HEADER("\u001b[1;4m"),
    GOOD("\u001b[32m"),
    WARNING("\u001b[33m"),
    BAD("\u001b[31m");

    private static final String END = "\u001b[0m";

    private final String begin;

    Style(String begin) {
        this.begin = begin;
    }

    String on(String text) {
        return this == PLAIN || text.isEmpty() ? text : begin + text + END;
    }
}
