package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The VMs' directories of a datastore: folders with a VM's disks and whatever else is the VM's, on file systems that
 * its hosts share or have each for itself. Thread-safe.
 *
 * <p>A directory that moves from host to host:
 *
 * <pre>
 *   sharing(source, target)           SHARED: there is nothing to move
 *   copies().copy(source, target)     whole and durable under a name of the operation's
 *   copies().place(target)            from here the target has one of its own
 *     ... the guest runs at the target ...
 *   asides().setAside(source)
 *     ... a host's memory of names fades, {@link #cacheTime} ...
 *   asides().lookFrom(target)         VANISHED: it was the same one, asides().restore(source)
 *   asides().delete(source)
 *   copies().forget(target)
 * </pre>
 */
public interface VmDirectories {
    /**
     * Where a disk's source is, decided on that host with all links and dots resolved; empty: not on this datastore.
     *
     * @throws io.berth.driver.Failure {@code disk.absent} (STORAGE) when nothing is at that path
     */
    Optional<DiskPlace> place(HostRef host, String source);

    /**
     * What is in the directory; empty when the host has none of that name.
     *
     * @throws io.berth.driver.Failure {@code storage.unreachable} when the datastore's folder itself isn't there; {@code
     *     directory.special-file} (ENVIRONMENT) when a device, socket or pipe is in it; {@code directory.in-use}
     *     (CONFLICT) when something is mounted in it
     */
    Optional<DirectoryContent> content(HostRef host, VmDirectory directory);

    /**
     * What is known of the two without asking them: that they are one host, or what the configuration says. Empty where
     * it has to be found out.
     */
    Optional<Sharing> declared(HostRef one, HostRef other);

    /**
     * Whether the two hosts see the same directories. Where the configuration leaves it open, each writes random content
     * that the other has to read.
     *
     * @throws io.berth.driver.Failure {@code directory.sharing-unclear} (ENVIRONMENT) when one sees what the other wrote and
     *     not the other way round, or the file systems are of different kinds; and whatever a host fails with: neither says
     *     anything about sharing
     */
    Sharing sharing(Call call, HostRef one, HostRef other);

    /** Operations that found out about sharing and were cut short: what they wrote for that is still there. */
    Set<OperationId> unfinishedProbes(HostRef at);

    /** Removes what the call's operation wrote there to find out about sharing. Nothing there is fine. */
    void clearProbe(Call call, HostRef at);

    /** How long a host may go on to believe what it knew of names, at most; zero where the configuration says all. */
    Duration cacheTime();

    DirectoryAsides asides();

    DirectoryCopies copies();

    StagingFiles staging();

    /** Room for directories and staging files on that host. */
    Capacity capacity(HostRef host);
}
