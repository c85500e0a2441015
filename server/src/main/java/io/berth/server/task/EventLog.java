package io.berth.server.task;

import io.berth.driver.OperationId;
import io.berth.engine.EngineEvent;
import io.berth.engine.wire.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The news of a task, for any number of followers, each at its own pace: none has a queue of its own, so a slow one
 * costs nothing. Bounded: of the bytes that an operation has moved only the newest number is kept, and of everything the
 * newest so many; whoever comes later is told that he missed something. Thread-safe.
 */
final class EventLog {
    private final int most;
    private final TreeMap<Long, News> kept = new TreeMap<>();
    private final Map<OperationId, Long> moved = new HashMap<>();
    private long last;
    private long dropped;

    /** @param most how many are kept */
    EventLog(int most) {
        this.most = most;
    }

    /** @param id counts from 1 */
    record Numbered(long id, News news) {}

    synchronized void add(News news) {
        last++;
        kept.put(last, news);
        if (news instanceof News.Happened(EngineEvent.BytesMoved bytes)) {
            var older = moved.put(bytes.operation(), last);
            if (older != null) {
                kept.remove(older);
            }
        }
        if (kept.size() > most) {
            dropped = kept.pollFirstEntry().getKey();
        }
        notifyAll();
    }

    /** What came after that one; waits for something to come, at most so long. */
    synchronized List<Numbered> after(long id, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        for (var left = patience.toMillis(); last <= id && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        var news = new ArrayList<Numbered>();
        if (dropped > id) {
            news.add(new Numbered(dropped, new News.Missed()));
        }
        kept.tailMap(id, false).forEach((number, each) -> news.add(new Numbered(number, each)));
        return news;
    }
}
