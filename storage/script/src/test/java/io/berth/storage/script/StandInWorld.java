package io.berth.storage.script;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.storage.files.FakeFolderWorld;
import io.berth.storage.files.FileDevices;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.hosts.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The driver over the example's scripts on {@link StandInHosts}. Volumes and ledger lie in one folder. */
final class StandInWorld extends FakeFolderWorld {
    private static final StorageCapabilities EXAMPLE = new StorageCapabilities(true, false, true, true, false);

    final StandInHosts hosts;
    private final StorageCapabilities capabilities;

    StandInWorld() {
        this(EXAMPLE, List.of(), Map.of());
    }

    StandInWorld(StorageCapabilities capabilities, List<HostRef> runOn, Map<String, String> parameters) {
        this(new StandInHosts(), capabilities, runOn, parameters, sound -> sound);
    }

    /** One with another way to its hosts. */
    StandInWorld(BiFunction<StandInHosts, HostTransport, HostTransport> change) {
        this(new StandInHosts(), change);
    }

    private StandInWorld(StandInHosts hosts, BiFunction<StandInHosts, HostTransport, HostTransport> change) {
        this(hosts, EXAMPLE, List.of(), Map.of(), sound -> change.apply(hosts, sound));
    }

    private StandInWorld(
            StandInHosts hosts,
            StorageCapabilities capabilities,
            List<HostRef> runOn,
            Map<String, String> parameters,
            UnaryOperator<HostTransport> change) {
        super(
                hosts,
                change,
                (folder, transport, clock, patience) ->
                        driver(hosts, folder, capabilities, runOn, parameters, transport, clock, patience));
        this.hosts = hosts;
        this.capabilities = capabilities;
    }

    /** The trial that an author would run. */
    ScriptTrial trial() {
        var all = List.of(first(), second());
        return new ScriptTrial(
                settings(
                        new FolderSettings(datastore(), folder.toString(), all),
                        hosts,
                        capabilities,
                        List.of(),
                        Map.of()),
                (ScriptStorage) driver(),
                transport,
                new FileDevices());
    }

    private static StorageDriver driver(
            StandInHosts hosts,
            FolderSettings folder,
            StorageCapabilities capabilities,
            List<HostRef> runOn,
            Map<String, String> parameters,
            HostTransport transport,
            Clock clock,
            Patience patience) {
        return new ScriptStorage(
                settings(folder, hosts, capabilities, runOn, parameters), transport, clock, patience, patience);
    }

    private static ScriptSettings settings(
            FolderSettings folder,
            StandInHosts hosts,
            StorageCapabilities capabilities,
            List<HostRef> runOn,
            Map<String, String> parameters) {
        var all = new TreeMap<>(parameters);
        all.put("folder", folder.folder());
        return new ScriptSettings(
                folder.datastore(),
                hosts.scripts.toString(),
                folder.hosts(),
                runOn,
                folder.folder(),
                all,
                capabilities);
    }

    @Override
    protected Path file(HostRef host, DevicePath device) {
        return Path.of(device.path());
    }

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        try {
            return new DataSize(Files.size(file(host, device)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Holder hold(HostRef host, DevicePath device) {
        hosts.hold(host, device);
        return () -> hosts.release(host, device);
    }

    @Override
    public void close() {
        super.close();
        hosts.close();
    }
}
