package io.berth.simulator.fault;

/** A fault at a position. */
public record Strike(int position, Fault fault) {
    @Override
    public String toString() {
        return fault + " at " + position;
    }
}
