package io.berth.opennebula.mad;

import io.berth.opennebula.line.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on jobs, each in a virtual thread, in the order they came as far as there is room: so many at once, if wanted
 * one a host, and never two of a kind for one VM. When the core repeats a request that is still worked on it waits for
 * one answer: the newer request waits; if the older one succeeds and asked for the same, that is the answer to both,
 * otherwise only the newer one's is given. A job that can only wait gives its room to others. Thread-safe.
 */
final class JobQueue {
    private final int most;
    private final boolean onePerHost;
    private final Function<Job, Optional<Outgoing.Reply>> worker;
    private final Consumer<Outgoing> lines;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final List<Job> waiting = new ArrayList<>();
    private final List<Job> running = new ArrayList<>();
    private final Set<Job> resting = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Job> outdated = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param most jobs at once
     * @param worker does a job; empty when it was cancelled
     */
    JobQueue(int most, boolean onePerHost, Function<Job, Optional<Outgoing.Reply>> worker, Consumer<Outgoing> lines) {
        this.most = most;
        this.onePerHost = onePerHost;
        this.worker = worker;
        this.lines = lines;
    }

    void add(Job job) {
        lock.lock();
        try {
            running.stream().filter(older -> older.isOutdatedBy(job)).forEach(outdated::add);
            waiting.add(job);
            startWhatCan();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what waits for that VM, and stops what is worked on. */
    void cancel(int vm) {
        List<Job> stopped;
        lock.lock();
        try {
            waiting.removeIf(job -> job.vm() == vm);
            stopped = running.stream().filter(job -> job.vm() == vm).toList();
            tellIfIdle();
        } finally {
            lock.unlock();
        }
        stopped.forEach(job -> job.cancellation().request());
    }

    /**
     * Lets time pass for a job that can do nothing now, less of it when the job is cancelled. What it does afterwards may be
     * one too many at once: it only looks.
     */
    void rest(Job job, Duration time) {
        var cancelled = new CountDownLatch(1);
        try (var _ = job.cancellation().onRequest(cancelled::countDown)) {
            setResting(job, true);
            var _ = cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            setResting(job, false);
        }
    }

    private void setResting(Job job, boolean isResting) {
        lock.lock();
        try {
            var _ = isResting ? resting.add(job) : resting.remove(job);
            startWhatCan();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing waits and nothing is worked on. */
    void awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (!waiting.isEmpty() || !running.isEmpty()) {
                idle.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startWhatCan() {
        for (var next = next(); next.isPresent(); next = next()) {
            var job = next.get();
            waiting.remove(job);
            running.add(job);
            Thread.ofVirtual().name(job.request() + "-" + job.vm()).start(() -> work(job));
        }
    }

    private Optional<Job> next() {
        return running.size() - resting.size() < most
                ? waiting.stream().filter(this::mayStart).findFirst()
                : Optional.empty();
    }

    private boolean mayStart(Job job) {
        return running.stream().noneMatch(other -> job.competesWith(other) || onePerHost && isInTheWayOf(job, other));
    }

    private boolean isInTheWayOf(Job job, Job other) {
        return !resting.contains(other) && !job.host().isEmpty() && job.host().equals(other.host());
    }

    private void work(Job job) {
        var reply = Optional.<Outgoing.Reply>empty();
        try {
            reply = worker.apply(job);
        } finally {
            end(job, reply);
        }
    }

    private void end(Job job, Optional<Outgoing.Reply> reply) {
        lock.lock();
        try {
            running.remove(job);
            if (!outdated.remove(job) && !job.cancellation().requested()) {
                reply.ifPresent(it -> answer(job, it));
            }
            startWhatCan();
            tellIfIdle();
        } finally {
            lock.unlock();
        }
    }

    private void answer(Job job, Outgoing.Reply reply) {
        if (waiting.stream().noneMatch(job::competesWith)) {
            lines.accept(reply);
        } else if (reply.success() && waiting.stream().filter(job::competesWith).allMatch(job::asksTheSameAs)) {
            waiting.removeIf(job::asksTheSameAs);
            lines.accept(reply);
        }
    }

    private void tellIfIdle() {
        if (waiting.isEmpty() && running.isEmpty()) {
            idle.signalAll();
        }
    }
}
