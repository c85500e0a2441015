/** Berth with one safeguard taken out, to see that the checker notices. */
@NullMarked
package io.berth.simulator.mutation;

import org.jspecify.annotations.NullMarked;
