package io.berth.opennebula.shared;

import java.util.Map;
import java.util.Optional;

/** What a system datastore says of its VMs' directories. */
record DirectoryAttributes(Map<String, String> attributes) {
    /**
     * Whether they are on a file system that all hosts and the front-end share, by {@code DS_SHARED} or, where that isn't
     * given, by StorPool's {@code SP_SYSTEM}.
     */
    boolean areShared() {
        return attribute("DS_SHARED")
                .map(value -> value.equalsIgnoreCase("yes"))
                .orElseGet(() -> is("SP_SYSTEM", "shared"));
    }

    /** Who takes a directory to the host that its VM goes to. */
    enum Carrier {
        /** Nobody: it is there already. */
        NOBODY,
        /** Berth's engine, which finds out what hosts share unless it is told. */
        ENGINE,
        /** The drivers' scripts: nothing else was asked for. */
        SCRIPTS
    }

    Carrier carrier() {
        if (areShared()) {
            return Carrier.NOBODY;
        }
        return (is("DS_SHARED", "no") || areLeftOpen()) && engineDatastore().isPresent()
                ? Carrier.ENGINE
                : Carrier.SCRIPTS;
    }

    /** Whether they are shared isn't said, and to be found out. */
    boolean areLeftOpen() {
        return is("DS_SHARED", "auto");
    }

    /** The datastore of Berth's configuration that has these directories. */
    Optional<String> engineDatastore() {
        return attribute("BERTH_DIRECTORIES");
    }

    /** The engine moves running guests as well, and takes along what they need. */
    boolean areTakenAlongByGuests() {
        return is("CHECKPOINT_LOCATION", "block");
    }

    /**
     * By OpenNebula's own {@code SHARED}: each host measures their room, and its migration script copies disks.
     */
    boolean areOfEachHost() {
        return is("SHARED", "no");
    }

    boolean haveNativeContexts() {
        return is("BERTH_CONTEXT", "native");
    }

    /** Those of VMs whose disks are on block storage are built anew where the VM goes. */
    boolean areRebuilt() {
        return is("BERTH_REBUILD", "native");
    }

    boolean haveReplicas() {
        return attribute("REPLICA_HOST").isPresent();
    }

    private boolean is(String name, String value) {
        return attribute(name).filter(value::equalsIgnoreCase).isPresent();
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
