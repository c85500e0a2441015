/** Figures of the spine: suspend and resume. */
@NullMarked
package io.berth.bench.core;

import org.jspecify.annotations.NullMarked;
