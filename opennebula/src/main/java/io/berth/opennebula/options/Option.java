package io.berth.opennebula.options;

/**
 * An option of a driver.
 *
 * @param word its long name, without dashes
 * @param letter its short one
 */
record Option(String word, char letter, Value value) {
    /** Whether it takes a value. */
    enum Value {
        NONE,
        /** The next word, unless that looks like an option. */
        MAYBE,
        NEEDED
    }
}
