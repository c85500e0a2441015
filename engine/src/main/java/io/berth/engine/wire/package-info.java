/** What can be asked of an engine in another process, and how the façade's values look as JSON. */
@NullMarked
package io.berth.engine.wire;

import org.jspecify.annotations.NullMarked;
