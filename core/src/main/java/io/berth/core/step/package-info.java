/** One handler for each kind of step: what is true now, do it, undo it, is it so. */
@NullMarked
package io.berth.core.step;

import org.jspecify.annotations.NullMarked;
