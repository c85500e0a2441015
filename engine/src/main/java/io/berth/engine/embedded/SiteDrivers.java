package io.berth.engine.embedded;

import io.berth.core.Drivers;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import io.berth.engine.configuration.DatastoreConfiguration;
import io.berth.storage.script.ScriptTrial;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The drivers this site is configured with, on the hosts that were added. Thread-safe. */
final class SiteDrivers implements Drivers {
    private final Parts parts;
    private final HostRegistry registry;
    private final SortedMap<String, DatastoreConfiguration> configured;
    private final Map<Place, StorageDriver> made = new ConcurrentHashMap<>();

    SiteDrivers(Parts parts, HostRegistry registry, SortedMap<String, DatastoreConfiguration> configured) {
        this.parts = parts;
        this.registry = registry;
        this.configured = configured;
    }

    /** A datastore without hosts of its own gets another driver when a host is added. */
    private record Place(String datastore, List<HostRef> hosts) {}

    @Override
    public StorageDriver storage(String datastore) {
        var configuration = configuration(datastore);
        return made.computeIfAbsent(
                new Place(datastore, reaching(configuration)), place -> parts.storage(configuration, place.hosts()));
    }

    /** @throws Failure {@code datastore.no-scripts} (CALLER) of one that isn't made by scripts */
    ScriptTrial scriptTrial(String datastore) {
        var configuration = configuration(datastore);
        return parts.scriptTrial(configuration, reaching(configuration));
    }

    private DatastoreConfiguration configuration(String datastore) {
        var configuration = configured.get(datastore);
        if (configuration == null) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "datastore.unknown",
                            "there is no datastore '" + Printable.line(datastore) + "'")
                    .why("configured are " + configured.keySet())
                    .next("name one of them, or add it to the configuration under 'datastores'")
                    .build();
        }
        return configuration;
    }

    private List<HostRef> reaching(DatastoreConfiguration configuration) {
        var hosts = hostsOf(configuration);
        if (hosts.isEmpty()) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "datastore.no-host",
                            "no host reaches datastore " + configuration.name())
                    .why("no host was added yet")
                    .next("add the hosts that see it with 'berth host add'")
                    .build();
        }
        return hosts;
    }

    @Override
    public SortedMap<String, StorageDriver> datastores() {
        var drivers = new TreeMap<String, StorageDriver>();
        configured.values().stream()
                .filter(configuration -> !hostsOf(configuration).isEmpty())
                .forEach(configuration -> drivers.put(configuration.name(), storage(configuration.name())));
        return Collections.unmodifiableSortedMap(drivers);
    }

    /** Also those that no host reaches. */
    SortedSet<String> datastoreNames() {
        return new TreeSet<>(configured.keySet());
    }

    /** @throws Failure as {@link #storage} */
    List<HostRef> hostsOf(String datastore) {
        var _ = storage(datastore);
        return hostsOf(Objects.requireNonNull(configured.get(datastore)));
    }

    private List<HostRef> hostsOf(DatastoreConfiguration configuration) {
        return configuration.hosts().isEmpty() ? List.copyOf(registry.hosts()) : configuration.hosts();
    }

    @Override
    public HypervisorDriver hypervisor(HostRef host) {
        return parts.hypervisor(registry.entry(host).host());
    }

    @Override
    public SortedSet<HostRef> hosts() {
        return registry.hosts();
    }

    @Override
    public HostGuard guard() {
        return parts.guard();
    }

    @Override
    public HostDevices devices() {
        return parts.devices();
    }

    @Override
    public HostLinks links() {
        return parts.links();
    }
}
