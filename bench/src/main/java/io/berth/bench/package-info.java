/** Measurements side by side. */
@NullMarked
package io.berth.bench;

import org.jspecify.annotations.NullMarked;
