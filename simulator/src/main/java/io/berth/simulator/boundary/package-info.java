/** The one line between an engine and its world: every call, journal write and answer is counted as it crosses. */
@NullMarked
package io.berth.simulator.boundary;

import org.jspecify.annotations.NullMarked;
