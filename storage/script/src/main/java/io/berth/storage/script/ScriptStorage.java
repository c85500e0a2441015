package io.berth.storage.script;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Volumes;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.OpenFiles;
import io.berth.storage.hosts.Patience;
import java.time.Clock;
import java.time.Duration;

/**
 * A datastore whose volumes are made, attached and removed by a site's own executables.
 *
 * <p>Scripts change things and say no more than whether they did; other scripts tell what is there, and only that is
 * believed. The ledger is not the scripts' business: Berth keeps it in a folder beside them.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public final class ScriptStorage implements StorageDriver {
    /** What a storage may take to show what a script has done: three seconds, in questions that are scripts themselves. */
    private static final Patience STORAGE = new Patience(10, Duration.ofMillis(300));

    private final ScriptSettings settings;
    private final Scripts scripts;
    private final DeviceList devices;
    private final Volumes volumes;
    private final Attachments attachments;
    private final CheckpointLedger ledger;

    /**
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public ScriptStorage(ScriptSettings settings, HostTransport transport, Clock clock) {
        this(settings, transport, clock, STORAGE, Patience.USUAL);
    }

    ScriptStorage(ScriptSettings settings, HostTransport transport, Clock clock, Patience storage, Patience processes) {
        this.settings = settings;
        var hosts = new DatastoreHosts(settings.datastore(), settings.hosts(), "reaches the storage", transport);
        var runners = new DatastoreHosts(
                settings.datastore(), settings.runners(), "has the scripts in " + settings.scripts(), transport);
        this.scripts = new Scripts(settings, hosts, runners, storage);
        var list = new VolumeList(settings.datastore(), scripts);
        var folder = new FolderStorage(
                new FolderSettings(settings.datastore(), settings.ledger(), settings.runners()), transport, clock);
        this.devices = new DeviceList(scripts, hosts);
        var attached = new ScriptAttachments(list, devices, scripts, hosts, new OpenFiles(hosts, processes));
        this.attachments = attached;
        this.volumes = new ScriptVolumes(settings, list, attached, scripts, folder);
        this.ledger = folder.ledger();
    }

    @Override
    public String type() {
        return "script";
    }

    @Override
    public StorageCapabilities capabilities() {
        return settings.capabilities();
    }

    @Override
    public boolean serves(HostRef host) {
        return settings.hosts().contains(host);
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public Attachments attachments() {
        return attachments;
    }

    @Override
    public CheckpointLedger ledger() {
        return ledger;
    }

    Scripts scripts() {
        return scripts;
    }

    DeviceList devices() {
        return devices;
    }
}
