package io.berth.engine.configuration;

/** A text isn't the value it should be. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1;

    BadValue(String why) {
        super(why);
    }
}
