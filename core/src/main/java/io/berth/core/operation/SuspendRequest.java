package io.berth.core.operation;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.Optional;

/**
 * "Suspend this VM."
 *
 * @param vm its name or UUID
 * @param host where it is; empty: look on every host
 * @param datastore for the checkpoint; empty: the default
 * @param writer how to write; empty: the first of the datastore's that the host can
 * @param volumeSize instead of the computed size, for sites that know better
 * @param checksum over the whole image, not only its end
 */
public record SuspendRequest(
        String vm,
        Optional<HostRef> host,
        Optional<String> datastore,
        Optional<MemoryWriter> writer,
        Optional<DataSize> volumeSize,
        boolean checksum) {
    public static SuspendRequest of(String vm) {
        return new SuspendRequest(vm, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
