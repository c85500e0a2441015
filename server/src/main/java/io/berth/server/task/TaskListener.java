package io.berth.server.task;

import io.berth.engine.wire.News;

/** Hears the news of all tasks, in their threads. Must be quick and throw nothing. */
@FunctionalInterface
public interface TaskListener {
    /** @param kind of the task */
    void heard(String kind, News news);
}
