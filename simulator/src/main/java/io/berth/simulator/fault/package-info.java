/** Counts the positions of an operation, then runs it again for every position and every fault. */
@NullMarked
package io.berth.simulator.fault;

import org.jspecify.annotations.NullMarked;
