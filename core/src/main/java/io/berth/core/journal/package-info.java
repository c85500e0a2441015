/** The port to the durable record of what the engine means to do and has done. */
@NullMarked
package io.berth.core.journal;

import org.jspecify.annotations.NullMarked;
