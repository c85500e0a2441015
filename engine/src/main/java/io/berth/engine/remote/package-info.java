/** The engine of a daemon on this machine, over its unix socket. */
@NullMarked
package io.berth.engine.remote;

import org.jspecify.annotations.NullMarked;
