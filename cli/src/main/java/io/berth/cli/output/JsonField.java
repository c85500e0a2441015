package io.berth.cli.output;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object that {@code --json} prints. Names and meanings are stable.
 *
 * @param value a String, Number, Boolean, List or Map of those; null prints as {@code null}
 */
public record JsonField<T>(String name, String meaning, Function<T, @Nullable Object> value) {}
