package io.berth.opennebula.options;

import java.util.Map;
import java.util.Optional;

/**
 * Where OpenNebula is installed on the front-end.
 *
 * @param var {@code /var/lib/one}, or {@code $ONE_LOCATION/var}
 */
public record SiteFolders(String var) {
    public static SiteFolders of(Map<String, String> environment) {
        return new SiteFolders(Optional.ofNullable(environment.get("ONE_LOCATION"))
                .map(location -> location + "/var")
                .orElse("/var/lib/one"));
    }

    /** Scripts of all drivers. */
    public String remotes() {
        return var + "/remotes";
    }
}
