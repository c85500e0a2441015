/**
 * What a driver author needs: the values drivers exchange with the engine, and the interfaces they implement.
 *
 * <p>This module depends on nothing. {@link io.berth.driver.storage} and {@link io.berth.driver.hypervisor} never know
 * each other: the engine tells one what it asked of the other.
 */
@NullMarked
package io.berth.driver;

import org.jspecify.annotations.NullMarked;
