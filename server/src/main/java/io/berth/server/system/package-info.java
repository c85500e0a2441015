/** The daemon as a process among others: its lock, its socket's file, the service manager. */
@NullMarked
package io.berth.server.system;

import org.jspecify.annotations.NullMarked;
