package io.berth.storage.ceph;

import io.berth.driver.HostRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.Fencing;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Volumes;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.LoopDevices;
import io.berth.storage.hosts.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pool of a Ceph cluster.
 *
 * <p>A volume V is the RBD image {@code berth.V}. The ledger is the object {@code berth.ledger} beside the images, with
 * an entry {@code V/gN.STATE} in its key-value map for each transition and {@code V/record} for the description; an
 * entry of a transition is added by one operation that the object's placement group does if there is none, so that of
 * two takers one wins and both learn whose it is. Every other image, object and key is passed over.
 *
 * <p>{@code V/client.HOST} tells the addresses of each host that opened the image, so that its client can be refused
 * when the host can't be asked any more.
 *
 * <p>Images are attached by the kernel's client, by rbd-nbd, or as a file of qemu-storage-daemon's with a loop device
 * over it ({@link AttachWay}).
 *
 * <p>Thread-safe; needs root on the hosts, through the transport's helper. What a host can do is remembered.
 */
public final class CephStorage implements StorageDriver {
    private static final StorageCapabilities CAPABILITIES = new StorageCapabilities(true, true, true, true, true);

    /** A client that died is forgotten by the cluster after 30 s. */
    private static final Patience DEAD_CLIENTS = new Patience(40, Duration.ofSeconds(1));

    private final CephSettings settings;
    private final CephVolumes volumes;
    private final CephAttachments attachments;
    private final CephLedger ledger;
    private final CephFencing fencing;

    /**
     * @param transport reaches the hosts of the settings; stays the caller's to close
     * @param clock tells the times in the ledger
     */
    public CephStorage(CephSettings settings, HostTransport transport, Clock clock) {
        this(settings, transport, clock, Patience.USUAL, DEAD_CLIENTS);
    }

    CephStorage(CephSettings settings, HostTransport transport, Clock clock, Patience devices, Patience deadClients) {
        this.settings = settings;
        var names = new CephNames(settings);
        var commands = new CephCommands(settings);
        var failures = new CephFailures(settings);
        var hosts = new DatastoreHosts(
                settings.datastore(), settings.hosts(), "reaches the cluster of " + settings.conf(), transport);
        var pool = new CephPool(settings, names, commands, failures, hosts);
        List<ImageDevices> ways = List.of(
                new MappedImages(MappedImages.Client.KERNEL, settings, names, commands, failures, hosts, devices),
                new MappedImages(MappedImages.Client.NBD, settings, names, commands, failures, hosts, devices),
                new ExportedImages(
                        names, new ExportCommands(settings, names), hosts, new LoopDevices(hosts, devices), devices));
        var clients = new CephClients(names, pool, hosts);
        this.attachments = new CephAttachments(settings, pool, failures, clients, hosts, ways);
        this.volumes = new CephVolumes(pool, attachments, failures, deadClients);
        this.ledger = new CephLedger(names, pool, clock);
        this.fencing = new CephFencing(pool, clients, deadClients);
    }

    @Override
    public String type() {
        return "ceph";
    }

    @Override
    public StorageCapabilities capabilities() {
        return CAPABILITIES;
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

    @Override
    public Optional<Fencing> fencing() {
        return Optional.of(fencing);
    }
}
