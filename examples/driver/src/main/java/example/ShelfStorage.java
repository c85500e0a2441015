package example;

import io.berth.driver.HostRef;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Volumes;
import java.time.InstantSource;
import java.util.Set;

/** A datastore on a shelf: the smallest driver that the behaviour suite accepts. Thread-safe. */
public final class ShelfStorage implements StorageDriver {
    private final Set<HostRef> hosts;
    private final ShelfVolumes volumes;
    private final ShelfAttachments attachments;
    private final ShelfLedger ledger;

    ShelfStorage(Shelf shelf, Set<HostRef> hosts, InstantSource clock) {
        this.hosts = Set.copyOf(hosts);
        this.volumes = new ShelfVolumes(shelf);
        this.attachments = new ShelfAttachments(shelf);
        this.ledger = new ShelfLedger(shelf, clock);
    }

    @Override
    public String type() {
        return "shelf";
    }

    /** A volume takes all of its space at once, and keeps its size; several hosts may have it. */
    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(false, false, false, true, false);
    }

    @Override
    public boolean serves(HostRef host) {
        return hosts.contains(host);
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
