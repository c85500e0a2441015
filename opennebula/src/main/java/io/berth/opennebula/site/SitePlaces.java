package io.berth.opennebula.site;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where an OpenNebula keeps its files.
 *
 * @param etc configuration
 * @param var what it keeps, with the scripts for hosts in {@code remotes}
 */
public record SitePlaces(Path etc, Path var) {
    /** In {@code ONE_LOCATION} if that is set, as for OpenNebula itself. */
    public static SitePlaces find(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("ONE_LOCATION"))
                .filter(location -> !location.isEmpty())
                .map(location -> new SitePlaces(Path.of(location, "etc"), Path.of(location, "var")))
                .orElseGet(() -> new SitePlaces(Path.of("/etc/one"), Path.of("/var/lib/one")));
    }

    public Path core() {
        return etc.resolve("oned.conf");
    }

    /** Read by the shell that starts VM drivers. */
    public Path driverVariables() {
        return etc.resolve("vmm_exec/vmm_execrc");
    }

    /** What stock's VM driver runs for guests of KVM. */
    Path hypervisorScripts() {
        return var.resolve("remotes/vmm/kvm");
    }

    /** What is run for storage drivers, in a folder for each. */
    Path transferScripts() {
        return var.resolve("remotes/tm");
    }
}
