/** Takes a plan forward, or back, and writes down each move before it is made. */
@NullMarked
package io.berth.core.run;

import org.jspecify.annotations.NullMarked;
