/** HTTP/1.1 over a unix socket, as little of it as is needed: the JDK's client knows no unix sockets. */
@NullMarked
package io.berth.engine.remote.http;

import org.jspecify.annotations.NullMarked;
