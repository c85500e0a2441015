/** OpenNebula's drivers, measured as processes at their pipes. */
@NullMarked
package io.berth.bench.opennebula;

import org.jspecify.annotations.NullMarked;
