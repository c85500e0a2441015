/** Everything that is held against the promise, at full length, on one page. */
@NullMarked
package io.berth.simulator.proof;

import org.jspecify.annotations.NullMarked;
