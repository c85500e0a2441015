/** Many operations beside each other in virtual time, with calls and storage that take some of it. */
@NullMarked
package io.berth.simulator.fleet;

import org.jspecify.annotations.NullMarked;
