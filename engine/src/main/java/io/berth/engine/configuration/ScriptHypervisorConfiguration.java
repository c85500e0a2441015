package io.berth.engine.configuration;

import io.berth.driver.HostRef;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A hypervisor that a site's own scripts speak to.
 *
 * @param scripts the folder they are in
 * @param hosts whose guests are its; at least one
 */
public record ScriptHypervisorConfiguration(
        String name, Path scripts, List<HostRef> hosts, SortedMap<String, String> parameters) {
    public ScriptHypervisorConfiguration {
        hosts = List.copyOf(hosts);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
}
