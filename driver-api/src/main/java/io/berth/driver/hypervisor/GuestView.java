package io.berth.driver.hypervisor;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;

/**
 * A guest seen on a host.
 *
 * @param reason the hypervisor's own word for why it is in this state, for people
 * @param persistent the host keeps its definition
 */
public record GuestView(VmRef vm, HostRef host, GuestState state, String reason, boolean persistent) {}
