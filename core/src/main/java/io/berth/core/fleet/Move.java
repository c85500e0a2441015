package io.berth.core.fleet;

import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done with one VM.
 *
 * @param host where it is; of one to be resumed: where it will be
 * @param target where it will be, if that is another host
 * @param datastore that its memory goes through, if it does
 * @param memory about how much of it there is to move
 * @param doneAfter when it will be done, counted from the fleet's beginning, if that can be told
 */
public record Move(
        VmRef vm,
        Way way,
        HostRef host,
        Optional<HostRef> target,
        Optional<String> datastore,
        DataSize memory,
        Optional<Duration> doneAfter) {

    Set<Resource> resources() {
        var resources = new HashSet<Resource>();
        resources.add(new Resource.OfHost(host));
        target.ifPresent(there -> resources.add(new Resource.OfHost(there)));
        datastore.ifPresent(name -> resources.add(new Resource.OfDatastore(name)));
        return resources;
    }
}
