/** A simulated world with virtual clock and promise checker. */
@NullMarked
package io.berth.simulator;

import org.jspecify.annotations.NullMarked;
