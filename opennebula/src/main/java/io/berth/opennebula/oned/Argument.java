package io.berth.opennebula.oned;

/** One argument of a call, as XML-RPC types it. */
sealed interface Argument {
    record Text(String text) implements Argument {}

    record Whole(int number) implements Argument {}

    /** The name of its element. */
    default String type() {
        return switch (this) {
            case Text _ -> "string";
            case Whole _ -> "int";
        };
    }

    default String value() {
        return switch (this) {
            case Text(var text) -> text;
            case Whole(var number) -> String.valueOf(number);
        };
    }
}
