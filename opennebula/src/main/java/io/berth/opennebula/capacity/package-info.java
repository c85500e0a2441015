/** The room of a system datastore, with what Berth's checkpoints take counted in: once, and only where that is asked for. */
@NullMarked
package io.berth.opennebula.capacity;

import org.jspecify.annotations.NullMarked;
