package io.berth.tck;

import io.berth.driver.hypervisor.HypervisorCapabilities;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.StorageCapabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a driver declares, in a table's words.
 *
 * @param kind {@code storage} or {@code hypervisor}
 * @param driver its name in the configuration
 */
record DeclaredSkills(String kind, String driver, List<String> can, List<String> refuses) {

    static DeclaredSkills of(Object suite) {
        return switch (suite) {
            case StorageDriverBehaviour storage -> {
                var driver = storage.storage().world().driver();
                yield sorted("storage", driver.type(), skills(driver.capabilities()));
            }
            case HypervisorDriverBehaviour hypervisor -> {
                var guests = hypervisor.guests();
                yield sorted(
                        "hypervisor",
                        guests.driver().type(),
                        skills(guests.driver().capabilities(guests.first())));
            }
            default -> throw new IllegalStateException(suite.getClass() + " isn't a suite of a driver's behaviour");
        };
    }

    // Taken apart as patterns, so that a new capability has to be named here.
    private static Map<String, Boolean> skills(StorageCapabilities declared) {
        return switch (declared) {
            case StorageCapabilities(var thin, var grow, var discard, var manyHosts, var fence) -> {
                var skills = new LinkedHashMap<String, Boolean>();
                skills.put("thin", thin);
                skills.put("grow", grow);
                skills.put("discard", discard);
                skills.put("many hosts", manyHosts);
                skills.put("fence", fence);
                yield skills;
            }
        };
    }

    private static Map<String, Boolean> skills(HypervisorCapabilities declared) {
        return switch (declared) {
            case HypervisorCapabilities(var writers, var restorePaused, var migrate) -> {
                var skills = new LinkedHashMap<String, Boolean>();
                for (var writer : MemoryWriter.values()) {
                    skills.put("save: " + word(writer), writers.contains(writer));
                }
                skills.put("restore paused", restorePaused);
                skills.put("migrate live", migrate);
                yield skills;
            }
        };
    }

    private static String word(MemoryWriter writer) {
        return writer.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static DeclaredSkills sorted(String kind, String driver, Map<String, Boolean> skills) {
        var can = new ArrayList<String>();
        var refuses = new ArrayList<String>();
        skills.forEach((skill, declared) -> (declared ? can : refuses).add(skill));
        return new DeclaredSkills(kind, driver, List.copyOf(can), List.copyOf(refuses));
    }
}
