package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.ProgressLine;
import io.berth.engine.EngineEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells of one operation, step by step. */
final class StepNarrator implements Narrator {
    private final Session session;
    private final boolean explains;
    private final @Nullable ProgressLine progress;
    private String doing = "looking at hosts and storage";
    private long stepBegun;

    /** @param explains whether steps may be told on standard output */
    StepNarrator(Session session, boolean explains) {
        this.session = session;
        this.explains = explains;
        var terminal = session.terminal();
        this.progress = terminal.errors() ? new ProgressLine(session.errors(), terminal.columns()) : null;
    }

    @Override
    public void hear(EngineEvent event) {
        switch (event) {
            case EngineEvent.OperationBegins begins ->
                explain("%s of %s, operation %s".formatted(begins.kind(), begins.vm(), begins.operation()));
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

    @Override
    public void finished() {
        doing = "finishing";
        clear();
    }

    @Override
    public String doing() {
        return doing;
    }

    @Override
    public void clear() {
        if (progress != null) {
            progress.clear();
        }
    }
}
