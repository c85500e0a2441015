/** HTTP as the routes see it, and the one class that knows the library behind it. */
@NullMarked
package io.berth.server.http;

import org.jspecify.annotations.NullMarked;
