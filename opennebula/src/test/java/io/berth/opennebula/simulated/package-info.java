/** The driver's dealings with Berth's own operations, over a simulated world that is struck by faults. */
@NullMarked
package io.berth.opennebula.simulated;

import org.jspecify.annotations.NullMarked;
