package io.berth.storage.directory;

import io.berth.driver.host.HostTransport;
import io.berth.storage.files.FolderDriver;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.hosts.Patience;
import java.time.Clock;

/**
 * Checkpoints as plain files in a folder, on a file system that is local or shared. What lies there is the same as the
 * driver {@code loop} makes; only what a host does with a volume's file differs.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public final class DirectoryStorage extends FolderDriver {
    /**
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public DirectoryStorage(FolderSettings settings, HostTransport transport, Clock clock) {
        this(settings, transport, clock, Patience.USUAL);
    }

    DirectoryStorage(FolderSettings settings, HostTransport transport, Clock clock, Patience patience) {
        this(new FolderStorage(settings, transport, clock), patience);
    }

    private DirectoryStorage(FolderStorage folder, Patience patience) {
        super("directory", folder, new PlainAttachments(folder, patience));
    }
}
