package io.berth.opennebula.walk;

import java.util.Map;
import java.util.Optional;

/** A system datastore, as an administrator has described it to the core. */
public interface SystemDatastore {
    int number();

    /** TM_MAD. */
    String driver();

    /** By {@code onedatastore update}. */
    Map<String, String> attributes();

    /** Whether hosts really share its directories. */
    boolean isShared();

    /** Another one that the core lets its VMs go to. */
    Optional<SystemDatastore> alike();
}
