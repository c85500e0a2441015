package io.berth.cli;

import io.berth.driver.Cancellation;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import java.time.Duration;

/**
 * Shows how operations go on, and hands Ctrl-C on to them. The first Ctrl-C asks the operation to stop; it then ends in
 * a valid state by itself. A second one only tells what it is doing. Thread-safe.
 */
final class Watcher implements AutoCloseable {
    /** How long an answer to Ctrl-C may take while nothing has been begun: hosts that don't answer can take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Session session;
    private final Narrator narrator;
    private final Cancellation cancellation = Cancellation.never();
    private final Interrupts.Listening listening;
    private boolean begun;

    private Watcher(Session session, Narrator narrator) {
        this.session = session;
        this.narrator = narrator;
        this.listening = session.interrupts().listen(this::interrupted);
    }

    /** @param explains whether steps may be told on standard output */
    static Watcher of(Session session, boolean explains) {
        return new Watcher(session, new StepNarrator(session, explains));
    }

    /**
     * Of many operations at once.
     *
     * @param total how many there will be, as far as is known
     * @param explains whether their ends may be told on standard output
     */
    static Watcher ofFleet(Session session, int total, boolean explains) {
        return new Watcher(session, new FleetNarrator(session, total, explains));
    }

    Watch watch() {
        return new Watch(this::hear, cancellation);
    }

    boolean isCancelled() {
        return cancellation.requested();
    }

    /** One operation is over. */
    synchronized void finished() {
        begun = false;
        narrator.finished();
    }

    private synchronized void hear(EngineEvent event) {
        if (event instanceof EngineEvent.OperationBegins) {
            begun = true;
        }
        narrator.hear(event);
    }

    private synchronized void interrupted() {
        narrator.clear();
        if (cancellation.requested()) {
            session.errors()
                    .println("berth: still cancelling, so that nothing is left half done; now: " + narrator.doing());
            return;
        }
        session.errors().println("berth: cancelling; now: " + narrator.doing());
        // Not in this thread: listeners of the cancellation talk to hosts.
        Thread.ofVirtual().start(cancellation::request);
        Thread.ofPlatform().daemon().name("berth-last-call").start(this::endUnlessBegun);
    }

    /** While nothing has been begun there is nothing to undo, and no reason to wait for silent hosts. */
    private void endUnlessBegun() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException _) {
            return;
        }
        if (isIdle()) {
            session.errors().println("berth: cancelled before anything was begun");
            session.interrupts().endProcess(ExitCode.CANCELLED.number());
        }
    }

    private synchronized boolean isIdle() {
        return !begun;
    }

    @Override
    public void close() {
        listening.close();
        synchronized (this) {
            begun = true; // from here on the process ends by itself
            narrator.clear();
        }
    }
}
