package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.Patience;
import java.time.Clock;

/**
 * A datastore's folder and the hosts that see it.
 *
 * <p>In the folder lie, for a volume V: {@code V.img}; {@code V.gN.allocated}, {@code .writing}, {@code .complete},
 * {@code .consumed}, one for each transition of generation N; and {@code V.record}, the description. Every other file is
 * passed over. The folder must be on a file system whose {@code link(2)} is atomic for all its hosts: a local one,
 * NFS 4, or a cluster file system.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public final class FolderStorage {
    private final FolderSettings settings;
    private final VolumeFiles files;
    private final DatastoreHosts hosts;
    private final DatastoreFolder folder;
    private final FileLedger ledger;
    private final FolderDirectories directories;

    /**
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public FolderStorage(FolderSettings settings, HostTransport transport, Clock clock) {
        this.settings = settings;
        this.files = new VolumeFiles(settings);
        this.hosts = hostsOf(settings, transport);
        this.folder = new DatastoreFolder(settings, files, hosts);
        this.ledger = new FileLedger(settings, files, hosts, folder, clock);
        this.directories = new FolderDirectories(
                settings, hosts, Patience.eachSecond(settings.shared().cacheTime()));
    }

    static DatastoreHosts hostsOf(FolderSettings settings, HostTransport transport) {
        return new DatastoreHosts(settings.datastore(), settings.hosts(), "sees " + settings.folder(), transport);
    }

    public FolderSettings settings() {
        return settings;
    }

    public DatastoreHosts hosts() {
        return hosts;
    }

    public boolean serves(HostRef host) {
        return settings.hosts().contains(host);
    }

    /** @throws io.berth.driver.Failure {@code volume.other-datastore} */
    public void requireOwn(VolumeRef volume) {
        files.requireOwn(volume);
    }

    /**
     * Path of the volume's file on every host.
     *
     * @throws io.berth.driver.Failure {@code volume.other-datastore}
     */
    public String image(VolumeRef volume) {
        return files.image(volume);
    }

    /**
     * The volume that is there.
     *
     * @throws io.berth.driver.Failure {@code volume.absent}
     */
    public VolumeInfo existing(VolumeRef volume) {
        return folder.find(volume).orElseThrow(() -> folder.absent(volume));
    }

    public Volumes volumes(FileAttachments attachments) {
        return new FileVolumes(settings, files, hosts, folder, ledger, attachments);
    }

    public VmDirectories directories() {
        return directories;
    }

    public CheckpointLedger ledger() {
        return ledger;
    }

    /** Removes all that the ledger says of the volume, for a driver whose volumes are no files of this folder. */
    public void forget(Call call, VolumeRef volume) {
        ledger.forget(call, volume);
    }
}
