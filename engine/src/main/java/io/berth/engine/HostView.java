package io.berth.engine;

import io.berth.driver.HostRef;

/**
 * A host as it was added.
 *
 * @param address {@code local}, or what ssh connects to
 * @param hypervisor the driver's type
 */
public record HostView(HostRef host, String address, String hypervisor) {}
