package io.berth.simulator.boundary;

/** A run made more calls than any sane one would. */
public final class EndlessRun extends Error {
    private static final long serialVersionUID = 1;

    public EndlessRun(int limit) {
        super("no end after " + limit + " calls", null, false, false);
    }
}
