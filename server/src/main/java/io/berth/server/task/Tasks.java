package io.berth.server.task;

import io.berth.core.operation.OperationIds;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.Printable;
import io.berth.engine.Watch;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything that is being worked on, and what was a short while ago: somebody who was cut off shall still hear how it
 * ended. Thread-safe.
 */
public final class Tasks {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Limits limits;
    private final TaskListener listener;
    private final OperationIds ids = new OperationIds(Clock.systemUTC());
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private boolean stopping;

    public Tasks(Limits limits, TaskListener listener) {
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * @param running at once; one more is refused
     * @param remembered of those that are over
     * @param news of each that are kept
     */
    public record Limits(int running, int remembered, int news) {}

    /**
     * @param work answers the result as plain values
     * @throws Failure {@code daemon.stopping}, {@code daemon.busy} (ENVIRONMENT)
     */
    public Task start(String kind, Function<Watch, Object> work) {
        var task = new Task(ids.get().id(), kind, new EventLog(limits.news()), listener);
        synchronized (this) {
            refuseIfStopping();
            if (running().size() >= limits.running()) {
                throw Failure.of(FailureKind.ENVIRONMENT, "daemon.busy", "the daemon has too much to do")
                        .why("it works on " + limits.running() + " requests, as many as it may")
                        .next("try again later, or raise daemon.tasks in the configuration")
                        .build();
            }
            tasks.put(task.id(), task);
            forget();
        }
        Thread.ofVirtual().name("berth-task-" + task.id()).start(() -> task.run(work));
        return task;
    }

    /** @throws Failure {@code daemon.stopping} (ENVIRONMENT) */
    public synchronized void refuseIfStopping() {
        if (stopping) {
            throw Failure.of(FailureKind.ENVIRONMENT, "daemon.stopping", "the daemon is about to end")
                    .why("it was told to stop, and takes no new work")
                    .next("wait until it is up again, or say --no-daemon")
                    .build();
        }
    }

    /** The oldest first. */
    private void forget() {
        var over = over();
        over.subList(0, Math.max(0, over.size() - limits.remembered())).forEach(task -> tasks.remove(task.id()));
    }

    /** @throws Failure {@code task.unknown} (CALLER) */
    public synchronized Task find(String id) {
        var task = tasks.get(id);
        if (task == null) {
            throw Failure.of(FailureKind.CALLER, "task.unknown", "there is no task '" + Printable.line(id) + "'")
                    .why("it was over long ago, or the daemon was started anew")
                    .next("see 'berth operation list'")
                    .build();
        }
        return task;
    }

    /** @throws Failure {@code operation.not-here} (CALLER) */
    public synchronized Task of(OperationId operation) {
        return tasks.values().stream()
                .filter(task -> task.hasBegun(operation))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                                FailureKind.CALLER,
                                "operation.not-here",
                                "this daemon has no news of operation " + operation)
                        .why("another process works on it, or it was over long ago")
                        .next("see 'berth operation show " + operation + "'")
                        .build());
    }

    /** Those that aren't over. */
    public synchronized List<Task> running() {
        return tasks.values().stream().filter(task -> !task.isOver()).toList();
    }

    /** Whether one that isn't over has begun this operation. */
    public boolean isAtWorkOn(OperationId operation) {
        return running().stream().anyMatch(task -> task.hasBegun(operation));
    }

    public synchronized boolean isStopping() {
        return stopping;
    }

    /**
     * Takes no new work, lets what runs finish, then asks it to stop: what is before its point of no return is undone,
     * what is past it finishes.
     *
     * @param finish how long it may go on by itself
     * @param undo how long it may take after it was asked to stop
     * @return what is still not over; the journal has it, and recovery goes on with it
     */
    public List<Task> stop(Duration finish, Duration undo) throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        await(finish);
        running().forEach(Task::cancel);
        await(undo);
        tell();
        return running();
    }

    /** Followers of what has ended hear the end of it before the server goes. */
    private void tell() throws InterruptedException {
        var end = System.nanoTime() + LAST_WORDS.toNanos();
        for (var task : over()) {
            task.awaitHeard(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    private synchronized List<Task> over() {
        return tasks.values().stream().filter(Task::isOver).toList();
    }

    private void await(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        for (var task : running()) {
            var _ = task.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
