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

    /** By OpenNebula's own {@code SHARED}, by which its migration script decides whether to copy disks. */
    boolean areCopiedByTheMigration() {
        return is("SHARED", "no");
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
