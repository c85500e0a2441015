package io.berth.lab;

import io.berth.lab.LabWeather.Mishap;
import io.berth.opennebula.walk.Walk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real guests on five system datastores under both drivers, and hosts and drivers that fail: no VM is lost or doubled, and
 * nothing is left where nobody is at home. Run by {@code bin/walk}, and by no build.
 */
@ExtendWith(LabExtension.class)
class LabSiteWalk {
    private static final long SEED = Long.getLong("berth.walk.seed", 1);
    private static final int VMS = Integer.getInteger("berth.walk.vms", 5);
    private static final int ACTIONS = Integer.getInteger("berth.walk.actions", 12);
    private static final String MISHAPS = System.getProperty("berth.walk.mishaps", "all");

    @TempDir
    Path folder;

    private final Lab lab;
    private final Instant begun = Instant.now();

    LabSiteWalk(Lab lab) {
        this.lab = lab;
    }

    /** As {@code bin/walk} takes them. */
    private static Set<Mishap> mishaps(String words) {
        return switch (words) {
            case "all" -> EnumSet.allOf(Mishap.class);
            case "none" -> EnumSet.noneOf(Mishap.class);
            default ->
                Stream.of(words.split(","))
                        .map(word -> switch (word) {
                            case "drivers" -> Mishap.DRIVERS_KILLED;
                            case "power" -> Mishap.POWER_CUT;
                            case "network" -> Mishap.NETWORK_CUT;
                            default -> throw new IllegalArgumentException("no mishap: " + word);
                        })
                        .collect(Collectors.toSet());
        };
    }

    @Test
    void aSiteOfRealHostsKeepsThePromiseWhateverFails() {
        var random = new Random(SEED);
        tell("bin/walk --seed %d --actions %d --vms %d --mishaps %s".formatted(SEED, ACTIONS, VMS, MISHAPS));
        try (var site = new LabSite(lab, folder, random, mishaps(MISHAPS))) {
            var walk = new Walk<>(SEED, random, site, this::tell);
            var outcome = "Broken: ";
            try {
                walk.begin(VMS);
                walk.walk(ACTIONS);
                walk.end();
                outcome = "Held: ";
            } finally {
                tell(outcome + walk.figures());
            }
        }
    }

    private void tell(String line) {
        var seconds = Duration.between(begun, Instant.now()).toSeconds();
        System.out.println("%02d:%02d %s".formatted(seconds / 60, seconds % 60, line));
    }
}
