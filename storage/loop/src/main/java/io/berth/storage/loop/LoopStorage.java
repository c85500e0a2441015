package io.berth.storage.loop;

import io.berth.driver.host.HostTransport;
import io.berth.storage.files.FolderDriver;
import io.berth.storage.files.FolderSettings;
import io.berth.storage.files.FolderStorage;
import io.berth.storage.hosts.Patience;
import java.time.Clock;

/**
 * The embedded block storage: sparse files as loop devices with direct I/O.
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper.
 */
public final class LoopStorage extends FolderDriver {
    /**
     * @param settings the folder must be free of symbolic links: the kernel names a loop device's file by its real path
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public LoopStorage(FolderSettings settings, HostTransport transport, Clock clock) {
        this(settings, transport, clock, Patience.USUAL);
    }

    LoopStorage(FolderSettings settings, HostTransport transport, Clock clock, Patience patience) {
        this(new FolderStorage(settings, transport, clock), patience);
    }

    private LoopStorage(FolderStorage folder, Patience patience) {
        super("loop", folder, new LoopAttachments(folder, patience));
    }
}
