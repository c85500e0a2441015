package io.berth.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * A person's wish to stop. Long calls listen to it and answer within five seconds: with success when it came too
 * late, with a {@link FailureKind#CANCELLED} failure otherwise. Thread-safe.
 */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean requested;

    /** One that nobody will ever ask for. */
    public static Cancellation never() {
        return new Cancellation();
    }

    public synchronized boolean requested() {
        return requested;
    }

    /** Asks to stop; runs each listener once, in this thread. */
    public void request() {
        List<Runnable> toRun;
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
            toRun = List.copyOf(listeners);
        }
        toRun.forEach(Runnable::run);
    }

    /** Runs {@code listener} when asked to stop (at once if that has happened) until the subscription is closed. */
    public Subscription onRequest(Runnable listener) {
        boolean now;
        synchronized (this) {
            now = requested;
            if (!now) {
                listeners.add(listener);
            }
        }
        if (now) {
            listener.run();
        }
        return () -> {
            synchronized (Cancellation.this) {
                listeners.remove(listener);
            }
        };
    }

    /** Ends a listener's interest. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
