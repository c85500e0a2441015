package io.berth.opennebula.action;

/** An argument of a script. */
public sealed interface Argument {
    /** Known from the message. */
    record Text(String text) implements Argument {}

    /** The stripped output of an earlier step of the same request. */
    record OutputOf(String step) implements Argument {}

    /**
     * The core's whole message. It is an argument of two scripts, and is kept out of logs, since passwords are in it.
     *
     * @param payload base64
     */
    record Message(String payload) implements Argument {}

    static Argument text(String text) {
        return new Text(text);
    }
}
