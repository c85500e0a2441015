package io.berth.core.fleet;

import io.berth.core.operation.SuspendRequest;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * "Suspend all VMs."
 *
 * @param host only those on this one
 * @param datastore for the checkpoints; empty: the default
 * @param writer how to write; empty: the first of the datastore's that the host can
 * @param within how long there is power; empty: as long as it takes
 * @param pace bytes a second that the datastore takes, above zero; empty: what it took lately
 */
public record SuspendAllRequest(
        Optional<HostRef> host,
        Optional<String> datastore,
        Optional<MemoryWriter> writer,
        Optional<Duration> within,
        Optional<DataSize> pace) {
    public SuspendAllRequest {
        if (pace.filter(DataSize.ZERO::equals).isPresent()) {
            throw new IllegalArgumentException("a pace is above zero");
        }
    }

    public static SuspendAllRequest everything() {
        return new SuspendAllRequest(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, so much later. */
    SuspendAllRequest later(Duration time) {
        return new SuspendAllRequest(host, datastore, writer, within.map(all -> all.minus(time)), pace);
    }

    /** Onto the datastore that it was planned for, whatever place the VM's own disks call for. */
    SuspendRequest of(Move move) {
        return new SuspendRequest(
                move.vm().uuid().toString(),
                Optional.of(move.host()),
                move.datastore(),
                writer,
                Optional.empty(),
                false);
    }
}
