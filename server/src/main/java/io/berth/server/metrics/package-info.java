/** What the daemon counts, and how Prometheus reads it. */
@NullMarked
package io.berth.server.metrics;

import org.jspecify.annotations.NullMarked;
