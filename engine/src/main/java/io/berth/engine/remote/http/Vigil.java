package io.berth.engine.remote.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a wait that is too long, by closing the channel that is waited for: unix sockets have no timeouts of their own.
 * Only waits count; whoever takes his time between two of them isn't cut off. Waited in by one thread, closed by any.
 */
final class Vigil implements AutoCloseable {
    private final SocketChannel channel;
    private final Duration limit;
    private final BooleanSupplier isAlive;
    private boolean waiting;
    private long since;
    private boolean rung;
    private boolean over;

    private Vigil(SocketChannel channel, Duration limit, BooleanSupplier isAlive) {
        this.channel = channel;
        this.limit = limit;
        this.isAlive = isAlive;
    }

    /**
     * @param limit of one wait
     * @param isAlive asked when a wait gets too long, in a thread of its own; when it says so the wait begins anew
     */
    static Vigil over(SocketChannel channel, Duration limit, BooleanSupplier isAlive) {
        var vigil = new Vigil(channel, limit, isAlive);
        // Not a virtual thread: the machinery for those costs a short command more than this one.
        Thread.ofPlatform().daemon().name("berth-vigil").start(vigil::keep);
        return vigil;
    }

    /** Something that waits for the other side. */
    @FunctionalInterface
    interface Wait<T> {
        T run() throws IOException;
    }

    /** @throws SilentException when it took too long */
    <T> T within(Wait<T> wait) throws IOException {
        begin();
        try {
            return wait.run();
        } catch (IOException broken) {
            throw hasRung() ? new SilentException(limit) : broken;
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        waiting = true;
        since = System.nanoTime();
    }

    /** Also of a wait that began meanwhile. */
    private synchronized void prolong() {
        since = System.nanoTime();
    }

    private synchronized void end() {
        waiting = false;
    }

    private synchronized boolean hasRung() {
        return rung;
    }

    private void keep() {
        try {
            while (awaitTooLong()) {
                if (isAlive.getAsBoolean()) {
                    prolong();
                } else if (ring()) {
                    channel.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException _) {
            // Nobody interrupts it, and a channel that can't be closed is of no use to whoever waits.
        }
    }

    /** False when there is nothing to keep watch over any more. */
    private synchronized boolean awaitTooLong() throws InterruptedException {
        while (!over) {
            // Nobody tells it that a wait begins: it wakes before that one can be too long.
            var left = limit.toNanos() - (waiting ? System.nanoTime() - since : 0);
            if (left <= 0) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return false;
    }

    /** False when what was waited for came after all. */
    private synchronized boolean ring() {
        rung = !over && waiting && System.nanoTime() - since >= limit.toNanos();
        return rung;
    }

    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }
}
