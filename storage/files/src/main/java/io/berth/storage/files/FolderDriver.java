package io.berth.storage.files;

import io.berth.driver.HostRef;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.Volumes;
import java.util.Optional;

/**
 * A storage driver over a folder; what a host makes of a volume's file is all that such drivers differ in.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public abstract class FolderDriver implements StorageDriver {
    private static final StorageCapabilities CAPABILITIES = new StorageCapabilities(true, true, true, true, false);

    private final String type;
    private final FolderStorage folder;
    private final FileAttachments attachments;
    private final Volumes volumes;

    /** @param type its name in the configuration */
    protected FolderDriver(String type, FolderStorage folder, FileAttachments attachments) {
        this.type = type;
        this.folder = folder;
        this.attachments = attachments;
        this.volumes = folder.volumes(attachments);
    }

    @Override
    public final String type() {
        return type;
    }

    @Override
    public final StorageCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public final boolean serves(HostRef host) {
        return folder.serves(host);
    }

    /** Only what is said to be shared: what is found out of two hosts says nothing of the others. */
    @Override
    public final boolean keepsCheckpoints() {
        return folder.settings().shared().mode() == SharedFolder.Mode.YES;
    }

    @Override
    public final Volumes volumes() {
        return volumes;
    }

    @Override
    public final Attachments attachments() {
        return attachments;
    }

    @Override
    public final CheckpointLedger ledger() {
        return folder.ledger();
    }

    @Override
    public final Optional<VmDirectories> directories() {
        return Optional.of(folder.directories());
    }
}
