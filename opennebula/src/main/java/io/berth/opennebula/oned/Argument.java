package io.berth.opennebula.oned;

/** One argument of a call, as XML-RPC types it. */
sealed interface Argument {
    record Text(String text) implements Argument {}

    record Number(int number) implements Argument {}

    /** The name of its element. */
    default String type() {
        return switch (this) {
            case Text _ -> "string";
            case Number _ -> "int";
        };
    }

    default String value() {
        return switch (this) {
            case Text(var text) -> text;
            case Number(var number) -> String.valueOf(number);
        };
    }
}
