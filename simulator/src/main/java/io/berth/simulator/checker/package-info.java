/** The promise as an invariant over the whole world, checked from outside the engine. */
@NullMarked
package io.berth.simulator.checker;

import org.jspecify.annotations.NullMarked;
