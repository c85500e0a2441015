/** The engine in the caller's own process. */
@NullMarked
package io.berth.engine.embedded;

import org.jspecify.annotations.NullMarked;
