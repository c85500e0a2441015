package io.berth.lab;

import io.berth.opennebula.walk.Walk;
import java.nio.file.Path;
import java.util.Random;
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

    @TempDir
    Path folder;

    private final Lab lab;

    LabSiteWalk(Lab lab) {
        this.lab = lab;
    }

    @Test
    void aSiteOfRealHostsKeepsThePromiseWhateverFails() {
        var random = new Random(SEED);
        System.out.println("A walk of seed " + SEED);
        try (var site = new LabSite(lab, folder, random)) {
            var walk = new Walk<>(SEED, random, site, System.out::println);
            walk.begin(VMS);
            walk.walk(ACTIONS);
            walk.end();
        }
    }
}
