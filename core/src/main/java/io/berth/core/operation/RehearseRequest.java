package io.berth.core.operation;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * "Live a checkpoint's whole life on this datastore, without a VM."
 *
 * @param writer the host that writes
 * @param reader the host that reads what was written; the same one when there is no other
 */
public record RehearseRequest(String datastore, HostRef writer, HostRef reader) {
    /**
     * Stands for the VM that there isn't: always the same one for a datastore and its writer, so that two rehearsals
     * don't meet, and hosts don't remember a new one each time.
     */
    VmRef stranger() {
        var name = "rehearsal of " + datastore + " by " + writer;
        return new VmRef(UUID.nameUUIDFromBytes(("berth " + name).getBytes(StandardCharsets.UTF_8)), name);
    }
}
