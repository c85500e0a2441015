package io.berth.driver.hypervisor;

import io.berth.driver.HostRef;

/**
 * Where and as what a guest is to go on.
 *
 * @param to another host of the same kind
 * @param definition to go on with, already transformed for that host; the guest sees no difference
 */
public record MigrationRequest(HostRef to, String definition) {}
