/** Operations as data: steps, references to what only exists at run time, and the plan that orders them. */
@NullMarked
package io.berth.core.plan;

import org.jspecify.annotations.NullMarked;
