/** Drivers as processes: what {@code oned} starts, speaks to, and ends. */
@NullMarked
package io.berth.opennebula.mad;

import org.jspecify.annotations.NullMarked;
