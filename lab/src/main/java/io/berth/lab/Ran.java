package io.berth.lab;

import java.nio.charset.StandardCharsets;

/** How a program ended. Immutable. */
public final class Ran {
    private final String command;
    private final int exitCode;
    private final byte[] bytes;
    private final String errors;

    Ran(String command, int exitCode, byte[] bytes, String errors) {
        this.command = command;
        this.exitCode = exitCode;
        this.bytes = bytes;
        this.errors = errors;
    }

    public int exitCode() {
        return exitCode;
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The standard output as text, without blanks around it. */
    public String output() {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    public String errors() {
        return errors;
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
}
