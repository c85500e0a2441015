/** Drivers, guard and journal over the simulated world, as an engine is handed them. */
@NullMarked
package io.berth.simulator.driver;

import org.jspecify.annotations.NullMarked;
