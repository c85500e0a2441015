package io.berth.storage.loop;

import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Volumes;
import io.berth.storage.common.DatastoreHosts;
import io.berth.storage.common.LoopDevices;
import io.berth.storage.common.Patience;
import java.time.Clock;

/**
 * The embedded block storage: sparse files as loop devices with direct I/O.
 *
 * <p>In the folder lie, for a volume V: {@code V.img}; {@code V.gN.allocated}, {@code .writing}, {@code .complete},
 * {@code .consumed}, one for each transition of generation N; and {@code V.record}, the description. Every other file is
 * passed over. The folder must be on a file system whose {@code link(2)} is atomic for all its hosts: a local one,
 * NFS 4, or a cluster file system.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public final class LoopStorage implements StorageDriver {
    private static final StorageCapabilities CAPABILITIES = new StorageCapabilities(true, true, true, true, false);

    private final LoopVolumes volumes;
    private final LoopAttachments attachments;
    private final LoopLedger ledger;

    /**
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public LoopStorage(LoopSettings settings, HostTransport transport, Clock clock) {
        this(settings, transport, clock, Patience.USUAL);
    }

    LoopStorage(LoopSettings settings, HostTransport transport, Clock clock, Patience patience) {
        var files = new VolumeFiles(settings);
        var hosts = new DatastoreHosts(settings.datastore(), settings.hosts(), "sees " + settings.folder(), transport);
        var folder = new DatastoreFolder(settings, files, hosts);
        this.attachments = new LoopAttachments(settings, files, hosts, folder, new LoopDevices(hosts, patience));
        this.volumes = new LoopVolumes(settings, files, hosts, folder, attachments);
        this.ledger = new LoopLedger(settings, files, hosts, folder, clock);
    }

    @Override
    public String type() {
        return "loop";
    }

    @Override
    public StorageCapabilities capabilities() {
        return CAPABILITIES;
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
}
