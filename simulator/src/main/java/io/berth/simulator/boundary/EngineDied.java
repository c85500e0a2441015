package io.berth.simulator.boundary;

/** Unwinds the stack of an engine that was killed. No handler catches it: a dead process handles nothing. */
public final class EngineDied extends Error {
    private static final long serialVersionUID = 1;

    EngineDied(String engine) {
        super(engine + " was killed", null, false, false);
    }
}
