/**
 * Behaviour suites that every driver passes, published for driver authors: extend {@link StorageDriverBehaviour} or
 * {@link HypervisorDriverBehaviour} in a test and give it a world to play in. Both hold a driver to what it declares
 * and check that it refuses the rest.
 */
@NullMarked
package io.berth.tck;

import org.jspecify.annotations.NullMarked;
