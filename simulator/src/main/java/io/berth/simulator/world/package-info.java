/** A deterministic world of hosts, guests and storage: virtual time, one thread, one seed. */
@NullMarked
package io.berth.simulator.world;

import org.jspecify.annotations.NullMarked;
