package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One command under way: the connection's thread puts in what comes from the host, the caller's thread waits for the
 * end, minds the timers and hands lines to the listener.
 */
final class Exchange {
    private static final Duration KILL_AFTER = Duration.ofSeconds(3);
    private static final Duration GIVE_UP_AFTER = Duration.ofMillis(4800);
    private static final int OUTPUT_LIMIT = 1024 * 1024;
    private static final int ERROR_OUTPUT_LIMIT = 64 * 1024;
    private static final int WAITING_FRAMES = 256;
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    private final HostRef host;
    private final HostCommand command;
    private final IntConsumer signal;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(WAITING_FRAMES);
    private final BoundedText output = BoundedText.first(OUTPUT_LIMIT);
    private final BoundedText errorOutput = BoundedText.last(ERROR_OUTPUT_LIMIT);
    private volatile boolean cancelled;
    private volatile boolean over;

    /** @param signal sends a signal to the command's process group */
    Exchange(HostRef host, HostCommand command, IntConsumer signal) {
        this.host = host;
        this.command = command;
        this.signal = signal;
    }

    /** Why the command is being ended. */
    private enum Reason {
        NONE,
        CANCELLED,
        DEADLINE,
        STALLED
    }

    private sealed interface Event {
        record Came(Frame frame) implements Event {}

        record ConnectionLost(String why) implements Event {}

        record Wake() implements Event {}
    }

    /** From the connection's thread. Waits when the listener is slow: memory is bounded. */
    void came(Frame frame) {
        put(new Event.Came(frame));
    }

    void connectionLost(String why) {
        put(new Event.ConnectionLost(why));
    }

    private void put(Event event) {
        try {
            while (!over && !events.offer(event, 100, TimeUnit.MILLISECONDS)) {
                // Nobody takes any more once it is over.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() {
        cancelled = true;
        // When the queue is full the waiting thread is awake anyway.
        var _ = events.offer(new Event.Wake());
    }

    /** Waits for the end, in the caller's thread. */
    CommandResult await() {
        var interrupted = false;
        try (var _ = command.cancellation().onRequest(this::cancel)) {
            var watch = new Watch();
            while (true) {
                try {
                    var result = watch.step();
                    if (result != null) {
                        return result;
                    }
                } catch (InterruptedException stop) {
                    // A caller that is told to stop still gets a valid answer first: the command is ended, and heard.
                    interrupted = true;
                    cancelled = true;
                }
            }
        } finally {
            over = true;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The timers and what to do when one is due. */
    private final class Watch {
        private final long deadline = after(command.deadline());
        private final LineSplitter lines = new LineSplitter(command.outputLines());
        private long stall = stallFromNow();
        private Reason reason = Reason.NONE;
        private long killAt = Long.MAX_VALUE;
        private long giveUpAt = Long.MAX_VALUE;

        private long after(Duration span) {
            return System.nanoTime() / 1_000_000 + span.toMillis();
        }

        private long stallFromNow() {
            return command.stall().map(this::after).orElse(Long.MAX_VALUE);
        }

        private @Nullable CommandResult step() throws InterruptedException {
            var now = after(Duration.ZERO);
            if (reason == Reason.NONE) {
                if (cancelled) {
                    end(Reason.CANCELLED);
                } else if (now >= deadline) {
                    end(Reason.DEADLINE);
                } else if (now >= stall) {
                    end(Reason.STALLED);
                }
            } else if (now >= giveUpAt) {
                throw ended();
            } else if (now >= killAt) {
                killAt = Long.MAX_VALUE;
                signal.accept(SIGKILL);
            }
            var due = reason == Reason.NONE ? Math.min(deadline, stall) : Math.min(killAt, giveUpAt);
            var event = events.poll(Math.max(0, due - now), TimeUnit.MILLISECONDS);
            return switch (event) {
                case null -> null;
                case Event.Wake _ -> null;
                case Event.ConnectionLost lost ->
                    throw HostFailures.lost(host, command, lost.why(), errorOutput.text());
                case Event.Came came -> take(came.frame());
            };
        }

        private void end(Reason why) {
            reason = why;
            killAt = after(KILL_AFTER);
            giveUpAt = after(GIVE_UP_AFTER);
            signal.accept(SIGTERM);
        }

        private @Nullable CommandResult take(Frame frame) {
            switch (frame.type()) {
                case STDOUT -> {
                    output.add(frame.payload());
                    if (lines.add(frame.payload())) {
                        stall = stallFromNow();
                    }
                }
                case STDERR -> errorOutput.add(frame.payload());
                case EXIT -> {
                    return exited(Byte.toUnsignedInt(frame.payload()[0]));
                }
                case REFUSED -> throw Refusal.failure(host, command, frame.payload());
                case LOST ->
                    throw HostFailures.lost(
                            host, command, "the process that watches over it there was killed", errorOutput.text());
                case START, SIGNAL, HELLO ->
                    throw HostFailures.lost(host, command, "the helper answered with nonsense", errorOutput.text());
            }
            return null;
        }

        private CommandResult exited(int exitCode) {
            lines.end();
            // It came too late, or the command took no notice: what is done is done.
            if (reason == Reason.NONE || exitCode == 0) {
                return new CommandResult(exitCode, output.text(), errorOutput.text(), output.truncated());
            }
            if (reason == Reason.CANCELLED) {
                throw HostFailures.cancelled(host, command, errorOutput.text());
            }
            throw ended();
        }

        private Failure ended() {
            return switch (reason) {
                case STALLED -> HostFailures.stalled(host, command, errorOutput.text());
                case CANCELLED -> HostFailures.stuck(host, command, errorOutput.text());
                case NONE, DEADLINE -> HostFailures.deadline(host, command, errorOutput.text());
            };
        }
    }
}
