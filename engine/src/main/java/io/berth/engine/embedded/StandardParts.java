package io.berth.engine.embedded;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostGuard;
import io.berth.driver.host.HostLinks;
import io.berth.driver.host.HostTransport;
import io.berth.driver.hypervisor.HypervisorDriver;
import io.berth.driver.storage.StorageDriver;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.DatastoreConfiguration;
import io.berth.engine.configuration.LibvirtConfiguration;
import io.berth.engine.configuration.ScriptHypervisorConfiguration;
import io.berth.engine.configuration.SshConfiguration;
import io.berth.engine.configuration.StorageConfiguration;
import io.berth.hypervisor.libvirt.LibvirtDriver;
import io.berth.hypervisor.libvirt.LibvirtSettings;
import io.berth.hypervisor.script.ScriptHypervisor;
import io.berth.hypervisor.script.ScriptHypervisorSettings;
import io.berth.storage.ceph.CephSettings;
import io.berth.storage.ceph.CephStorage;
import io.berth.storage.directory.DirectoryStorage;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.HostToHost;
import io.berth.storage.loop.LoopStorage;
import io.berth.storage.script.ScriptSettings;
import io.berth.storage.script.ScriptStorage;
import io.berth.storage.script.ScriptTrial;
import io.berth.transport.HelperDevices;
import io.berth.transport.HelperGuard;
import io.berth.transport.HelperLinks;
import io.berth.transport.HostAddress;
import io.berth.transport.TransportSettings;
import io.berth.transport.Transports;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The drivers Berth comes with, as configured: the one place that knows them all. */
final class StandardParts implements Parts {
    private final Transports connections;
    private final HostTransport transport;
    private final HelperGuard guard;
    private final HelperDevices devices;
    private final HelperLinks links;
    private final HostToHost hostToHost;
    private final LibvirtDriver libvirt;
    private final Map<HostRef, ScriptHypervisor> scripted;
    private final HostSetup setup;

    /**
     * @param run folder in which connections are kept for the next process
     * @param addresses of the hosts that were added
     */
    StandardParts(
            Configuration configuration,
            Optional<Path> run,
            Function<HostRef, String> addresses,
            Instruments instruments) {
        var settings = transportSettings(configuration).withSharing(sharing(configuration.ssh(), run));
        var transports =
                new Transports(host -> HostAddress.of(addresses.apply(host)), settings, LoggedTransport::connected);
        this.connections = transports;
        this.transport = instruments.transport().apply(new LoggedTransport(transports));
        this.guard = new HelperGuard(transport);
        this.devices = new HelperDevices(transport);
        this.links = new HelperLinks(transport);
        this.hostToHost = new HostToHost(
                HostToHost.USUAL.ssh(),
                HostToHost.USUAL.destination(),
                configuration.helper().remotePath().toString());
        this.libvirt = new LibvirtDriver(transport, libvirtSettings(configuration.libvirt()));
        this.scripted = scripted(configuration.hypervisors());
        this.setup = new HelperSetup(settings);
    }

    private Map<HostRef, ScriptHypervisor> scripted(List<ScriptHypervisorConfiguration> hypervisors) {
        var drivers = new HashMap<HostRef, ScriptHypervisor>();
        hypervisors.forEach(hypervisor -> {
            var settings = new ScriptHypervisorSettings(hypervisor.scripts().toString(), hypervisor.parameters());
            var driver = new ScriptHypervisor(settings, transport, devices);
            hypervisor.hosts().forEach(host -> drivers.put(host, driver));
        });
        return Map.copyOf(drivers);
    }

    private static TransportSettings transportSettings(Configuration configuration) {
        var ssh = configuration.ssh();
        var helper = configuration.helper();
        List<String> client = ssh.configFile()
                .map(file -> List.of(ssh.program(), "-F", file.toString()))
                .orElseGet(() -> List.of(ssh.program()));
        Map<String, String> state = helper.localStateFolder()
                .map(folder -> Map.of("BERTH_STATE", folder.toString()))
                .orElseGet(Map::of);
        return TransportSettings.defaults()
                .withLocalHelper(helper.localPath(), state)
                .withRemoteHelper(helper.remotePath().toString())
                .withSsh(client)
                .withConnectTimeout(ssh.connectTimeout());
    }

    private static Optional<TransportSettings.Sharing> sharing(SshConfiguration ssh, Optional<Path> run) {
        return run.filter(folder -> !ssh.keep().isZero())
                .map(folder -> new TransportSettings.Sharing(folder.resolve("ssh"), ssh.keep()));
    }

    private static LibvirtSettings libvirtSettings(LibvirtConfiguration configuration) {
        return new LibvirtSettings(
                configuration.uri(),
                EnumSet.copyOf(configuration.writers()),
                configuration.transformations().stream()
                        .map(DomainTransformations::of)
                        .toList(),
                configuration.streams(),
                configuration.migration());
    }

    @Override
    public HostTransport transport() {
        return transport;
    }

    @Override
    public void connect(Set<HostRef> hosts) {
        hosts.forEach(connections::connect);
    }

    @Override
    public HostGuard guard() {
        return guard;
    }

    @Override
    public HostDevices devices() {
        return devices;
    }

    @Override
    public HostLinks links() {
        return links;
    }

    @Override
    public HypervisorDriver hypervisor(HostRef host) {
        return Optional.<HypervisorDriver>ofNullable(scripted.get(host)).orElse(libvirt);
    }

    @Override
    public StorageDriver storage(DatastoreConfiguration datastore, List<HostRef> hosts) {
        var name = datastore.name();
        return switch (datastore.storage()) {
            case StorageConfiguration.Loop(var folder) ->
                new LoopStorage(new FolderSettings(name, folder.toString(), hosts), transport, Clock.systemUTC());
            case StorageConfiguration.Directory(var folder, var shared, var _) ->
                new DirectoryStorage(
                        new FolderSettings(name, folder.toString(), hosts, shared, hostToHost),
                        transport,
                        Clock.systemUTC());
            case StorageConfiguration.Ceph ceph ->
                new CephStorage(cephSettings(name, ceph, hosts), transport, Clock.systemUTC());
            case StorageConfiguration.Script script ->
                new ScriptStorage(scriptSettings(name, script, hosts), transport, Clock.systemUTC());
        };
    }

    private static CephSettings cephSettings(String name, StorageConfiguration.Ceph ceph, List<HostRef> hosts) {
        return new CephSettings(
                name,
                ceph.conf().toString(),
                ceph.user(),
                ceph.key(),
                ceph.pool(),
                ceph.namespace(),
                ceph.dataPool(),
                hosts,
                ceph.ways());
    }

    @Override
    public ScriptTrial scriptTrial(DatastoreConfiguration datastore, List<HostRef> hosts) {
        if (!(datastore.storage() instanceof StorageConfiguration.Script script)) {
            throw Failure.of(
                            FailureKind.CALLER,
                            "datastore.no-scripts",
                            "datastore '" + datastore.name() + "' isn't made by scripts")
                    .why("only a site's own scripts have a contract to be tried against")
                    .next("name a datastore with 'driver: script'")
                    .build();
        }
        var settings = scriptSettings(datastore.name(), script, hosts);
        return new ScriptTrial(settings, transport, devices, Clock.systemUTC());
    }

    private static ScriptSettings scriptSettings(String name, StorageConfiguration.Script script, List<HostRef> hosts) {
        return new ScriptSettings(
                name,
                script.scripts().toString(),
                hosts,
                script.runOn(),
                script.ledger().toString(),
                script.parameters(),
                script.capabilities());
    }

    @Override
    public HostSetup setup() {
        return setup;
    }
}
