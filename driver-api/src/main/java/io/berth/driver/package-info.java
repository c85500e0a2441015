/**
 * What a driver author needs: the values drivers exchange with the engine, and the interfaces they implement.
 *
 * <p>This module depends on nothing. {@link io.berth.driver.storage} and {@link io.berth.driver.hypervisor} never know
 * each other: the engine tells one what it asked of the other.
 *
 * <p>Where to begin: {@link io.berth.driver.storage.StorageDriver} tells the life of a checkpoint volume call by call, {@link
 * io.berth.driver.hypervisor.HypervisorDriver} what happens to a guest meanwhile. Common to both:
 *
 * <ul>
 *   <li>A call that changes something takes a {@link io.berth.driver.Call}: on whose behalf, by when, who hears of progress and
 *       who may stop it. It may have been made before by a process that died, so that making it again is always right.
 *   <li>What goes wrong is a {@link io.berth.driver.Failure} with one of the codes that the interface names. It means "not done",
 *       unless its kind is {@link io.berth.driver.FailureKind#UNKNOWN_OUTCOME}; the engine looks in both cases.
 *   <li>Commands on hosts go through {@link io.berth.driver.host.HostTransport} as argument lists. The call's token goes along,
 *       and the host's guard refuses one that was taken over.
 *   <li>A driver declares what it can, and keeps no state: what is true is on the storage, or on the hosts.
 * </ul>
 */
@NullMarked
package io.berth.driver;

import org.jspecify.annotations.NullMarked;
