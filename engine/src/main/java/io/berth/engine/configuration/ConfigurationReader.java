package io.berth.engine.configuration;

import io.berth.core.fleet.FleetLimits;
import io.berth.hypervisor.libvirt.MigrationSettings;
import io.berth.hypervisor.libvirt.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a configuration of the file's nodes. */
final class ConfigurationReader {
    static final String DATASTORES = "datastores";
    static final String SSH = "ssh";
    static final String HELPER = "helper";
    static final String LIBVIRT = "libvirt";
    static final String HYPERVISORS = "hypervisors";
    static final String LIMITS = "limits";
    static final String DAEMON = "daemon";
    static final String LOG = "log";
    private static final List<String> SECTIONS =
            List.of(DATASTORES, SSH, HELPER, LIBVIRT, HYPERVISORS, LIMITS, DAEMON, LOG);

    private final Path path;
    private final ConfigurationFile file;

    ConfigurationReader(Path path) {
        this.path = path;
        this.file = new ConfigurationFile(path);
    }

    Configuration configuration(Optional<YamlNode.Section> content) {
        var sections = new LinkedHashMap<String, YamlNode>();
        var plain = new LinkedHashMap<String, YamlNode.Entry>();
        content.ifPresent(top -> top.entries().forEach((name, entry) -> {
            if (SECTIONS.contains(name)) {
                sections.put(name, entry.value());
            } else {
                refuseUnknown(name, entry);
                plain.put(name, entry);
            }
        }));
        var top = SectionReader.read(file, "", Optional.of(new YamlNode.Section(1, plain)), Keys.TOP);
        var datastores = datastores(find(sections, DATASTORES));
        var standard = top.written(Keys.DEFAULT_DATASTORE);
        standard.filter(name -> !datastores.containsKey(name)).ifPresent(name -> {
            throw file.trouble(
                    Optional.ofNullable(plain.get(Keys.DEFAULT_DATASTORE.name()))
                            .map(YamlNode.Entry::line)
                            .orElse(1),
                    "default-datastore is '" + name + "'",
                    "there are " + datastores.keySet(),
                    "name one of them, or add it under datastores");
        });
        var log = SectionReader.read(file, LOG, find(sections, LOG), Keys.LOG);
        return new Configuration(
                path,
                standard,
                top.value(Keys.LINK_FOLDER),
                datastores,
                ssh(find(sections, SSH)),
                helper(find(sections, HELPER)),
                libvirt(find(sections, LIBVIRT)),
                new HypervisorReader(file, HYPERVISORS).read(find(sections, HYPERVISORS)),
                limits(find(sections, LIMITS)),
                DaemonKeys.configuration(SectionReader.read(file, DAEMON, find(sections, DAEMON), DaemonKeys.ALL)),
                log.value(Keys.LOG_LEVEL));
    }

    private void refuseUnknown(String name, YamlNode.Entry entry) {
        var known = new ArrayList<>(SECTIONS);
        known.addAll(SectionReader.names(Keys.TOP));
        if (!known.contains(name)) {
            throw SectionReader.unknown(file, "", name, entry.line(), known);
        }
    }

    private SortedMap<String, DatastoreConfiguration> datastores(Optional<YamlNode> node) {
        var datastores = new TreeMap<String, DatastoreConfiguration>();
        node.map(found -> SectionReader.section(file, DATASTORES, found))
                .ifPresent(section -> section.entries().forEach((name, entry) -> {
                    Forms.name().read(new YamlNode.Text(entry.line(), name), file, "a datastore's name");
                    datastores.put(name, new DatastoreReader(file, DATASTORES + "." + name, entry.value()).read(name));
                }));
        return datastores;
    }

    private SshConfiguration ssh(Optional<YamlNode> node) {
        var values = SectionReader.read(file, SSH, node, Keys.SSH);
        return new SshConfiguration(
                values.value(Keys.SSH_PROGRAM),
                values.written(Keys.SSH_CONFIGURATION),
                values.value(Keys.SSH_CONNECT),
                values.value(Keys.SSH_KEEP));
    }

    private HelperConfiguration helper(Optional<YamlNode> node) {
        var values = SectionReader.read(file, HELPER, node, Keys.HELPER);
        return new HelperConfiguration(
                values.value(Keys.HELPER_LOCAL), values.value(Keys.HELPER_REMOTE), values.written(Keys.HELPER_STATE));
    }

    private LibvirtConfiguration libvirt(Optional<YamlNode> node) {
        var values = SectionReader.read(file, LIBVIRT, node, Keys.LIBVIRT);
        return new LibvirtConfiguration(
                values.value(Keys.LIBVIRT_URI),
                values.value(Keys.LIBVIRT_WRITERS),
                values.value(Keys.LIBVIRT_TRANSFORMATIONS),
                new StreamSettings(values.value(Keys.LIBVIRT_EMULATED_LIVE), values.value(Keys.LIBVIRT_STREAM_SINK)),
                new MigrationSettings(
                        values.value(Keys.LIBVIRT_MIGRATION_URI),
                        values.written(Keys.LIBVIRT_MIGRATION_BANDWIDTH),
                        values.value(Keys.LIBVIRT_MIGRATION_AUTO_CONVERGE),
                        values.value(Keys.LIBVIRT_MIGRATION_PASSES)));
    }

    private FleetLimits limits(Optional<YamlNode> node) {
        var values = SectionReader.read(file, LIMITS, node, Keys.LIMITS);
        return new FleetLimits(values.value(Keys.LIMIT_HOST), values.value(Keys.LIMIT_DATASTORE));
    }

    private static Optional<YamlNode> find(Map<String, YamlNode> sections, String name) {
        return Optional.ofNullable(sections.get(name));
    }
}
