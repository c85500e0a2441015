/** The simulated drivers, held to what is asked of real ones. */
@NullMarked
package io.berth.simulator.driver;

import org.jspecify.annotations.NullMarked;
