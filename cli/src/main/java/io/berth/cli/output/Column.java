package io.berth.cli.output;

import java.util.function.Function;

/**
 * A column of a list.
 *
 * @param name in capitals, as {@code -l} and {@code -f} take it
 * @param meaning one line for the reference page
 * @param toTheRight numbers stand at the right edge
 * @param text what to show; empty shows as {@code -}
 * @param style how it stands out on a terminal
 */
public record Column<T>(
        String name, String meaning, boolean toTheRight, Function<T, String> text, Function<T, Style> style) {
    public static <T> Column<T> of(String name, String meaning, Function<T, String> text) {
        return new Column<>(name, meaning, false, text, item -> Style.PLAIN);
    }

    public static <T> Column<T> number(String name, String meaning, Function<T, String> text) {
        return new Column<>(name, meaning, true, text, item -> Style.PLAIN);
    }

    public static <T> Column<T> state(String name, String meaning, Function<T, String> text, Function<T, Style> style) {
        return new Column<>(name, meaning, false, text, style);
    }
}
