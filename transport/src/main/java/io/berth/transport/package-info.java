/**
 * Commands on hosts: local, SSH, host guard.
 *
 * <p>{@link io.berth.transport.Transports} keeps a {@code HostChannel} a host, which opens a {@code HelperSession}
 * through a {@code Connector} (this machine, or ssh) when one is needed. In a session each command is an {@code
 * Exchange} of frames with the host's helper, the program in {@code host-helper/}. What is built on running commands,
 * {@link io.berth.transport.HelperDevices}, {@link io.berth.transport.HelperLinks} and {@link
 * io.berth.transport.HelperGuard}, needs any {@link io.berth.driver.host.HostTransport} and no session.
 */
@NullMarked
package io.berth.transport;

import org.jspecify.annotations.NullMarked;
