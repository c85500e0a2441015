package io.berth.server.task;

import io.berth.core.json.Json;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import io.berth.engine.wire.News;
import io.berth.engine.wire.TaskView;
import io.berth.server.http.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is being carried out. It belongs to the daemon: whether anybody follows it makes no difference to it.
 * Thread-safe.
 */
public final class Task {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final String id;
    private final String kind;
    private final EventLog log;
    private final TaskListener listener;
    private final Cancellation cancellation = Cancellation.never();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<OperationId> operations = new ArrayList<>();
    private TaskView.State state = TaskView.State.RUNNING;
    private Optional<Failure> failure = Optional.empty();
    private int followers;

    Task(String id, String kind, EventLog log, TaskListener listener) {
        this.id = id;
        this.kind = kind;
        this.log = log;
        this.listener = listener;
    }

    /** @param work answers the result as plain values */
    void run(Function<Watch, Object> work) {
        News last;
        try {
            last = new News.Ended(work.apply(new Watch(this::hear, cancellation)));
        } catch (Failure refusal) {
            last = new News.Refused(refusal);
        } catch (RuntimeException | Error bug) {
            LOG.error("task={} kind={} event=broken", id, kind, bug);
            last = new News.Refused(broken(bug));
        }
        end(last);
    }

    private static Failure broken(Throwable bug) {
        return Failure.of(FailureKind.BUG, "berth.broken", "Berth itself is wrong")
                .why(bug.getClass().getName() + " in the daemon; its log has the rest")
                .next("please report it, with the log; 'berth recover' puts right what was left half done")
                .cause(bug)
                .build();
    }

    private void hear(EngineEvent event) {
        if (event instanceof EngineEvent.OperationBegins) {
            synchronized (this) {
                operations.add(event.operation());
            }
            begun.countDown();
        }
        tell(new News.Happened(event));
    }

    private void end(News last) {
        synchronized (this) {
            state = last instanceof News.Refused ? TaskView.State.REFUSED : TaskView.State.ENDED;
            failure = last instanceof News.Refused(var why) ? Optional.of(why) : Optional.empty();
        }
        tell(last);
        begun.countDown();
        over.countDown();
    }

    private void tell(News news) {
        log.add(news);
        listener.heard(kind, news);
    }

    public String id() {
        return id;
    }

    public synchronized TaskView view() {
        return new TaskView(id, kind, state, List.copyOf(operations), failure);
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    synchronized boolean hasBegun(OperationId operation) {
        return operations.contains(operation);
    }

    /** Asks it to stop, and doesn't wait. */
    public void cancel() {
        // Not in this thread: listeners of the cancellation talk to hosts.
        Thread.ofVirtual().name("berth-cancel-" + id).start(cancellation::request);
    }

    /** Waits until its first operation has begun or it is over, at most so long. */
    public void awaitBegun(Duration patience) throws InterruptedException {
        var _ = begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean awaitEnd(Duration patience) throws InterruptedException {
        return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its news from after that one on, until the last. */
    public Reply.Events follow(long heard) {
        return new Reply.Events(sink -> {
            count(1);
            try {
                send(heard, sink);
            } finally {
                count(-1);
            }
        });
    }

    private synchronized void count(int more) {
        followers += more;
        notifyAll();
    }

    /** Waits until everybody who follows it has heard all, at most so long. */
    synchronized void awaitHeard(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        for (var left = patience.toMillis(); followers > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private void send(long heard, Reply.Sink sink) throws IOException, InterruptedException {
        var done = heard;
        while (true) {
            var news = log.after(done, BEAT);
            if (news.isEmpty()) {
                if (isOver()) {
                    return;
                }
                sink.beat();
            }
            for (var each : news) {
                sink.send(each.id(), each.news().name(), Json.text(each.news().json()));
                done = each.id();
                if (each.news().isLast()) {
                    return;
                }
            }
        }
    }
}
