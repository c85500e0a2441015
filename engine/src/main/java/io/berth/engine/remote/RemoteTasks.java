package io.berth.engine.remote;

import io.berth.core.json.Json;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import io.berth.engine.remote.http.EventStream;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Asked.OneTask;
import io.berth.engine.wire.Method;
import io.berth.engine.wire.News;
import io.berth.engine.wire.TaskKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Has tasks done by the daemon and follows them. A task doesn't need its follower: when the connection breaks it goes
 * on, and is followed again from the last news that came. Thread-safe.
 */
final class RemoteTasks {
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Caller caller;

    RemoteTasks(Caller caller) {
        this.caller = caller;
    }

    /** @throws Failure when it is refused; {@code daemon.lost} (UNKNOWN_OUTCOME) when the daemon died under it */
    <I, R> R run(TaskKind<I, R> kind, I request, Watch watch) {
        var task = caller.start(kind, request).task();
        try (var _ = watch.cancellation().onRequest(() -> cancel(task))) {
            return switch (follow(task, watch)) {
                case News.Ended(var result) ->
                    Caller.read(Json.text(result), kind.result().get());
                case News.Refused(var failure) -> throw failure;
                case News.Happened _, News.Missed _ -> throw new IllegalStateException("there is more to come");
            };
        }
    }

    private void cancel(String task) {
        try {
            caller.call(Api.CANCEL_TASK, new OneTask(task));
        } catch (Failure _) {
            // It is over, or the daemon is gone: whoever follows the task is told.
        }
    }

    private News follow(String task, Watch watch) {
        var follower = new Follower(task, watch);
        var broken = new IOException("nobody was asked");
        for (var tries = 0; tries < TRIES; tries++) {
            try {
                var last = follower.follow();
                if (last.isPresent()) {
                    return last.get();
                }
                tries = 0;
            } catch (IOException e) {
                broken = e;
            } catch (Failure failure) {
                // Also a daemon that was started anew meanwhile, and doesn't know the task.
                throw lost(task, failure);
            }
            pause(task);
        }
        throw lost(task, broken);
    }

    private static void pause(String task) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw lost(task, interrupted);
        }
    }

    private static Failure lost(String task, Exception cause) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "daemon.lost", "the daemon was lost while it worked")
                .why(Printable.line(String.valueOf(cause.getMessage())) + " (task " + task + ")")
                .next(
                        "look at 'berth operation list'; a daemon that is started anew recovers by itself, without one run"
                                + " 'berth recover'")
                .cause(cause)
                .build();
    }

    /** One who follows a task and knows how far he has come. */
    private final class Follower {
        private final String task;
        private final Watch watch;
        private String heard = "";

        private Follower(String task, Watch watch) {
            this.task = task;
            this.watch = watch;
        }

        /** Until the last news, or (empty) until the stream ends before. */
        private Optional<News> follow() throws IOException {
            var request = Caller.request(
                    Method.GET,
                    Api.TASK_EVENTS.filled(Map.of("task", task)),
                    Optional.empty(),
                    heard.isEmpty() ? Map.of() : Map.of("Last-Event-ID", heard));
            try (var exchange = caller.exchange(request)) {
                var stream = new EventStream(exchange.body());
                while (true) {
                    var message = stream.next();
                    if (message.isEmpty()) {
                        return Optional.empty();
                    }
                    heard = message.get().id();
                    var news = News.read(
                            message.get().event(), Json.read(message.get().data()));
                    if (news.filter(News::isLast).isPresent()) {
                        return news;
                    }
                    news.ifPresent(this::tell);
                }
            }
        }

        private void tell(News news) {
            if (news instanceof News.Happened(EngineEvent event)) {
                try {
                    watch.events().accept(event);
                } catch (RuntimeException _) {
                    // News only: the operation goes on whoever can't take them.
                }
            }
        }
    }
}
