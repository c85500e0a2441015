package io.berth.opennebula.walk.simulated;

import io.berth.opennebula.walk.Walk;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten VMs on system datastores of all kinds, two hundred actions of their users, hosts and drivers that fail: whatever the
 * core is told is so, no VM is lost or doubled, and nothing is left where nobody is at home.
 */
class SiteWalkTest {
    private static final int VMS = 10;
    private static final int ACTIONS = 200;

    /** {@code -Dberth.walks=FROM,COUNT} plays others. */
    static LongStream seeds() {
        var range = System.getProperty("berth.walks", "1,8").split(",");
        var from = Long.parseLong(range[0]);
        return LongStream.range(from, from + Long.parseLong(range[1]));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSiteKeepsThePromiseWhateverFails(long seed) {
        var random = new Random(seed);
        var walk = new Walk<>(seed, random, new SimulatedSite(seed, random), _ -> {});
        walk.begin(VMS);
        walk.walk(ACTIONS);
        walk.end();
    }
}
