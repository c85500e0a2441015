package io.berth.lab;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a program ended.
 *
 * @param command as a person would read it
 * @param bytes of its standard output
 */
public record Ran(String command, int exitCode, byte[] bytes, String errors) {
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** The standard output as text, without blanks around it. */
    public String output() {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    /** @throws AssertionError with everything it said, unless it succeeded */
    public Ran orFail() {
        if (!succeeded()) {
            throw new AssertionError(this);
        }
        return this;
    }

    @Override
    public String toString() {
        return command + " ended with " + exitCode + "\n" + output() + "\n" + errors;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ran ran
                && command.equals(ran.command)
                && exitCode == ran.exitCode
                && Arrays.equals(bytes, ran.bytes)
                && errors.equals(ran.errors);
    }

    @Override
    public int hashCode() {
        return command.hashCode() + exitCode;
    }
}
