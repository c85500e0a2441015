/** Behaviour suites for drivers. */
@NullMarked
package io.berth.tck;

import org.jspecify.annotations.NullMarked;
