package io.berth.simulator.driver;

import io.berth.driver.HostRef;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.Fencing;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.Volumes;
import io.berth.simulator.world.SimulatedDatastore;
import java.util.Optional;

/** One simulated datastore as a driver; what it can is what the datastore was made with. */
final class SimulatedStorageDriver implements StorageDriver {
    private final SimulatedDatastore datastore;
    private final Volumes volumes;
    private final Attachments attachments;
    private final CheckpointLedger ledger;
    private final Fencing fencing;
    private final Optional<VmDirectories> directories;

    SimulatedStorageDriver(SimulatedDatastore datastore, Calls calls) {
        this.datastore = datastore;
        this.volumes = new SimulatedVolumes(datastore, calls);
        this.attachments = new SimulatedAttachments(datastore, calls);
        this.ledger = new SimulatedLedger(datastore, calls);
        this.fencing = new SimulatedFencing(calls);
        this.directories =
                datastore.folders().map(folders -> new SimulatedDirectories(datastore.name(), folders, calls));
    }

    @Override
    public String type() {
        return "simulated";
    }

    @Override
    public boolean keepsCheckpoints() {
        return datastore
                .folders()
                .map(folders -> folders.declared().equals(Optional.of(Sharing.SHARED)))
                .orElse(true);
    }

    @Override
    public Optional<VmDirectories> directories() {
        return directories;
    }

    @Override
    public StorageCapabilities capabilities() {
        return datastore.capabilities();
    }

    @Override
    public boolean serves(HostRef host) {
        return true;
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

    @Override
    public Optional<Fencing> fencing() {
        return datastore.capabilities().fence() ? Optional.of(fencing) : Optional.empty();
    }
}
