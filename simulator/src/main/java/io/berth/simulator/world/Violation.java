package io.berth.simulator.world;

/** A broken promise: which part, and what is the matter. */
public record Violation(Clause clause, String text) {
    @Override
    public String toString() {
        return clause + ": " + text;
    }
}
