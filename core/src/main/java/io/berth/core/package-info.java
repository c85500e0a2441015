/** Model, survey, plan, steps, runner. */
@NullMarked
package io.berth.core;

import org.jspecify.annotations.NullMarked;
