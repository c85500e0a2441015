/** {@code berth serve}: an engine behind a unix socket, for every program on this machine that may use it. */
@NullMarked
package io.berth.server;

import org.jspecify.annotations.NullMarked;
