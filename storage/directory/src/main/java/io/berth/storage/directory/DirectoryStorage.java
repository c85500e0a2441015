package io.berth.storage.directory;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Volumes;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.files.Patience;
import java.time.Clock;

/**
 * Checkpoints as plain files in a folder, on a file system that is local or shared. What lies there is the same as the
 * driver {@code loop} makes; only what a host does with a volume's file differs.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public final class DirectoryStorage implements StorageDriver {
    private static final StorageCapabilities CAPABILITIES = new StorageCapabilities(true, true, true, true, false);

    private final FolderStorage folder;
    private final PlainAttachments attachments;
    private final Volumes volumes;

    /**
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public DirectoryStorage(FolderSettings settings, HostTransport transport, Clock clock) {
        this(settings, transport, clock, Patience.USUAL);
    }

    DirectoryStorage(FolderSettings settings, HostTransport transport, Clock clock, Patience patience) {
        this.folder = new FolderStorage(settings, transport, clock);
        this.attachments = new PlainAttachments(folder, patience);
        this.volumes = folder.volumes(attachments);
    }

    @Override
    public String type() {
        return "directory";
    }

    @Override
    public StorageCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public boolean serves(HostRef host) {
        return folder.serves(host);
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
        return folder.ledger();
    }
}
