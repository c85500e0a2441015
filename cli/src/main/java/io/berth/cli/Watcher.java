package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.ProgressLine;
import io.berth.driver.Cancellation;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows how operations go on, and hands Ctrl-C on to them. The first Ctrl-C asks the operation to stop; it then ends in
 * a valid state by itself. A second one only tells what it is doing. Thread-safe.
 */
final class Watcher implements AutoCloseable {
    /** How long an answer to Ctrl-C may take while nothing has been begun: hosts that don't answer can take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Session session;
    private final boolean explains;
    private final Cancellation cancellation = Cancellation.never();
    private final @Nullable ProgressLine progress;
    private final Interrupts.Listening listening;
    private boolean begun;
    private String doing = "looking at hosts and storage";
    private long stepBegun;

    private Watcher(Session session, boolean explains) {
        this.session = session;
        this.explains = explains;
        var terminal = session.terminal();
        this.progress = terminal.errors() ? new ProgressLine(session.errors(), terminal.columns()) : null;
        this.listening = session.interrupts().listen(this::interrupted);
    }

    /** @param explains whether steps may be told on standard output */
    static Watcher of(Session session, boolean explains) {
        return new Watcher(session, explains);
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
        doing = "finishing";
        clear();
    }

    private synchronized void hear(EngineEvent event) {
        switch (event) {
            case EngineEvent.OperationBegins begins -> {
                begun = true;
                explain("%s of %s, operation %s".formatted(begins.kind(), begins.vm(), begins.operation()));
            }
            case EngineEvent.StepBegins step -> {
                stepBegun = System.nanoTime();
                doing = switch (step.direction()) {
                    case FORWARD -> step.text();
                    case UNDO -> "undo: " + step.text();
                };
                if (progress != null) {
                    progress.begin(doing);
                }
            }
            case EngineEvent.StepEnds step -> {
                var took = Duration.ofNanos(System.nanoTime() - stepBegun);
                explain("  %s: %s (%s)"
                        .formatted(
                                doing,
                                switch (step.phase()) {
                                    case DONE -> "done";
                                    case NOT_DONE -> "not done";
                                    case UNKNOWN, INTENT -> "unknown";
                                },
                                Cells.seconds(took)));
            }
            case EngineEvent.BytesMoved moved -> {
                if (progress != null) {
                    progress.moved(moved.done(), moved.expected());
                }
            }
            case EngineEvent.OperationEnds _ -> clear();
        }
    }

    private void explain(String line) {
        if (explains && session.isVerbose()) {
            clear();
            session.explain(line);
        }
    }

    private synchronized void interrupted() {
        clear();
        if (cancellation.requested()) {
            session.errors().println("berth: still cancelling, so that nothing is left half done; now: " + doing);
            return;
        }
        session.errors().println("berth: cancelling; now: " + doing);
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

    private void clear() {
        if (progress != null) {
            progress.clear();
        }
    }

    @Override
    public void close() {
        listening.close();
        synchronized (this) {
            begun = true; // from here on the process ends by itself
            clear();
        }
    }
}
