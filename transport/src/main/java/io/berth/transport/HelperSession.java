package io.berth.transport;

import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One conversation with a host's helper; any number of commands run through it side by side. Thread-safe. */
final class HelperSession implements AutoCloseable {
    private final HostRef host;
    private final HelperProcess process;
    private final Map<Integer, Exchange> exchanges = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private final CompletableFuture<HelperVersion> hello = new CompletableFuture<>();
    private volatile @Nullable String lost;

    HelperSession(HostRef host, HelperProcess process) {
        this.host = host;
        this.process = process;
        // No virtual thread: reading from a pipe would hold one of the few carriers for as long as the host is known.
        Thread.ofPlatform().daemon().name("berth-host-" + host).start(this::listen);
    }

    /**
     * What the helper says of itself.
     *
     * @throws NoHelperException when none speaks there
     * @throws InterruptedException when told to stop waiting
     */
    HelperVersion version(Duration atMost) throws NoHelperException, InterruptedException {
        try {
            return hello.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new NoHelperException("no answer for " + atMost.toSeconds() + " s", silent);
        } catch (ExecutionException failed) {
            var why = failed.getCause();
            throw new NoHelperException(why == null || why.getMessage() == null ? "no answer" : why.getMessage(), why);
        }
    }

    boolean alive() {
        return lost == null;
    }

    /**
     * Runs the command; failures as {@link io.berth.driver.host.HostTransport#run} has them.
     *
     * @throws NeverSentException when the connection was gone before: a new one may be tried
     */
    CommandResult run(HostCommand command) throws NeverSentException {
        var payload = StartRequest.payload(host, command);
        var id = lastId.incrementAndGet();
        var exchange = new Exchange(host, command, number -> signal(id, number));
        exchanges.put(id, exchange);
        try {
            if (command.cancellation().requested()) {
                throw HostFailures.cancelled(host, command, "");
            }
            send(new Frame(FrameType.START, id, payload));
            return exchange.await();
        } finally {
            exchanges.remove(id);
        }
    }

    /**
     * A write that fails means that the frame's last byte never left this process, and a helper acts on whole frames
     * alone: so the command wasn't sent.
     */
    private void send(Frame frame) throws NeverSentException {
        writing.lock();
        try {
            var because = lost;
            if (because != null) {
                throw new NeverSentException(because, null);
            }
            FrameCodec.write(process.requests(), frame);
        } catch (IOException broken) {
            throw new NeverSentException("the connection broke", broken);
        } finally {
            writing.unlock();
        }
    }

    private void signal(int id, int number) {
        try {
            send(new Frame(FrameType.SIGNAL, id, new byte[] {(byte) number}));
        } catch (NeverSentException gone) {
            // The exchange hears of the lost connection by itself.
        }
    }

    private void listen() {
        try {
            while (true) {
                dispatch(FrameCodec.read(process.answers()));
            }
        } catch (EOFException end) {
            end("the connection was closed", end);
        } catch (FrameCodec.BadFrameException garbage) {
            end(
                    "something else than a helper answered, beginning '"
                            + new String(garbage.head(), StandardCharsets.ISO_8859_1) + "'",
                    garbage);
        } catch (IOException broken) {
            end("the connection broke", broken);
        }
    }

    private void dispatch(Frame frame) throws IOException {
        switch (frame.type()) {
            case HELLO ->
                hello.complete(HelperVersion.parse(new String(frame.payload(), StandardCharsets.UTF_8))
                        .orElseThrow(() -> new IOException("the helper said something else than its version")));
            case STDOUT, STDERR -> {
                var exchange = exchanges.get(frame.id());
                if (exchange != null) {
                    exchange.came(frame);
                }
            }
            case EXIT, REFUSED, LOST -> {
                // Gone from the table when its caller gave it up: then nobody wants to know.
                var exchange = exchanges.remove(frame.id());
                if (exchange != null) {
                    exchange.came(frame);
                }
            }
            case START, SIGNAL -> throw new IOException("the helper sent a request");
        }
    }

    private void end(String why, Throwable cause) {
        writing.lock();
        try {
            // Under the lock: a command is either sent before this, and told now, or finds the reason and isn't sent.
            lost = why;
        } finally {
            writing.unlock();
        }
        hello.completeExceptionally(new IOException(why, cause));
        exchanges.values().forEach(exchange -> exchange.connectionLost(why));
        process.close();
    }

    /** Ends the conversation. Reading commands under way are ended on the host, changing ones go on there, unheard. */
    @Override
    public void close() {
        process.close();
    }

    /** No helper speaks at the other end. */
    static final class NoHelperException extends Exception {
        private static final long serialVersionUID = 1;

        NoHelperException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The command did not leave this process. */
    static final class NeverSentException extends Exception {
        private static final long serialVersionUID = 1;

        NeverSentException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
