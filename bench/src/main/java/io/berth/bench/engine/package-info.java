/** Measurements of the whole engine's work. */
@NullMarked
package io.berth.bench.engine;

import org.jspecify.annotations.NullMarked;
