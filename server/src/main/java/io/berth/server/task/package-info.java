/** What the daemon is asked to do and takes its time, with the news of it. */
@NullMarked
package io.berth.server.task;

import org.jspecify.annotations.NullMarked;
