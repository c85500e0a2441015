package io.berth.simulator.fault;

import java.util.List;

/**
 * One run to be made.
 *
 * @param staysDark a host that lost power stays off, and a person says so
 */
public record Trial(Scenario scenario, long seed, List<Strike> strikes, boolean staysDark) {
    public Trial {
        strikes = List.copyOf(strikes);
    }

    /** Nothing goes wrong. */
    static Trial calm(Scenario scenario, long seed) {
        return new Trial(scenario, seed, List.of(), false);
    }

    @Override
    public String toString() {
        return scenario + ", seed " + seed + ": " + strikes + (staysDark ? ", host stays off" : "");
    }
}
