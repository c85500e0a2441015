/** The façade: operations in, events out. */
@NullMarked
package io.berth.engine;

import org.jspecify.annotations.NullMarked;
