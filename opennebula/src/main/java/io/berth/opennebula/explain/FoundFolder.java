package io.berth.opennebula.explain;

import java.util.List;

/**
 * A folder that is called like a VM, as a machine has it.
 *
 * @param host as OpenNebula calls it, or the front-end
 * @param datastore OpenNebula's number of the datastore it lies on
 * @param path on that machine
 * @param vm the number that it is called
 * @param identity the same on all machines that share it and on no two that don't; empty when not known
 * @param setAside files in it that stock's save has set aside
 */
record FoundFolder(String host, int datastore, String path, int vm, String identity, List<String> setAside) {
    FoundFolder {
        setAside = List.copyOf(setAside);
    }

    boolean isSameAs(FoundFolder other) {
        return !identity.isEmpty() && identity.equals(other.identity);
    }
}
