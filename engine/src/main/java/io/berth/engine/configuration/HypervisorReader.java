package io.berth.engine.configuration;

import io.berth.driver.HostRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the sections of hypervisors; each host has one. */
final class HypervisorReader {
    private final ConfigurationFile file;
    private final String path;
    private final Map<HostRef, String> taken = new HashMap<>();
    private final List<ScriptHypervisorConfiguration> hypervisors = new ArrayList<>();

    /** @param path of the section that has one for each, for people */
    HypervisorReader(ConfigurationFile file, String path) {
        this.file = file;
        this.path = path;
    }

    List<ScriptHypervisorConfiguration> read(Optional<YamlNode> node) {
        node.map(found -> SectionReader.section(file, path, found))
                .ifPresent(section -> section.entries().forEach((name, entry) -> {
                    Forms.name().read(new YamlNode.Text(entry.line(), name), file, "a hypervisor's name");
                    add(name, entry.value());
                }));
        return hypervisors;
    }

    private void add(String name, YamlNode node) {
        var own = path + "." + name;
        var values = SectionReader.read(file, own, Optional.of(node), HypervisorKeys.ALL);
        var hosts = values.value(HypervisorKeys.HOSTS);
        hosts.forEach(host -> Optional.ofNullable(taken.put(host, name)).ifPresent(other -> {
            throw file.trouble(
                    node.line(),
                    own + " has the host '" + host + "'",
                    "it is one of '" + other + "' already",
                    "name each host under one hypervisor");
        }));
        hypervisors.add(new ScriptHypervisorConfiguration(
                name,
                values.value(HypervisorKeys.SCRIPTS),
                hosts,
                ScriptParameter.named(file, node.line(), own, values.value(HypervisorKeys.PARAMETERS))));
    }
}
