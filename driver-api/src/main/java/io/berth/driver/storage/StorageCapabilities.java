package io.berth.driver.storage;

/**
 * What a datastore's driver can do. The planner reads it and asks for nothing else; the behaviour suite holds the
 * driver to each claim and checks that it refuses the rest.
 *
 * @param thin a volume takes only what is written to it, so that it may be made as large as the bound before the
 *     guest is paused
 * @param grow a volume can be enlarged while attached
 * @param discard unused space can be given back
 * @param manyHosts a volume can be attached to several hosts at once (live migration needs it)
 * @param fence a host's access to one volume can be cut off without that host's help ({@link Fencing})
 */
public record StorageCapabilities(boolean thin, boolean grow, boolean discard, boolean manyHosts, boolean fence) {}
