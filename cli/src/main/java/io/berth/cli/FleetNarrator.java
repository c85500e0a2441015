package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.ProgressLine;
import io.berth.core.journal.OperationState;
import io.berth.driver.OperationId;
import io.berth.engine.EngineEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells of many operations at once: how many are done, and which are under way. */
final class FleetNarrator implements Narrator {
    private static final int NAMED = 4;

    private final Session session;
    private final int total;
    private final boolean explains;
    private final @Nullable ProgressLine progress;
    private final Map<OperationId, String> underWay = new LinkedHashMap<>();
    private int ended;
    private int failed;

    FleetNarrator(Session session, int total, boolean explains) {
        this.session = session;
        this.total = total;
        this.explains = explains;
        var terminal = session.terminal();
        this.progress = terminal.errors() ? new ProgressLine(session.errors(), terminal.columns()) : null;
    }

    @Override
    public void hear(EngineEvent event) {
        switch (event) {
            case EngineEvent.OperationBegins begins ->
                underWay.put(begins.operation(), Cells.text(begins.vm().name()));
            case EngineEvent.OperationEnds ends -> ended(ends);
            case EngineEvent.StepBegins _, EngineEvent.StepEnds _, EngineEvent.BytesMoved _ -> {
                return;
            }
        }
        if (progress != null) {
            progress.begin(doing());
        }
    }

    private void ended(EngineEvent.OperationEnds ends) {
        var name = underWay.remove(ends.operation());
        ended++;
        if (ends.state() != OperationState.SUCCEEDED) {
            failed++;
        }
        if (explains && session.isVerbose()) {
            clear();
            session.explain((name == null ? "?" : name) + ": "
                    + ends.state().name().toLowerCase(Locale.ROOT) + " (operation " + ends.operation() + ")");
        }
    }

    @Override
    public void finished() {
        clear();
    }

    @Override
    public String doing() {
        if (ended == 0 && underWay.isEmpty()) {
            return "looking at hosts and storage";
        }
        var names = underWay.values().stream().limit(NAMED).collect(Collectors.joining(", "));
        return ended + " of " + Math.max(total, ended + underWay.size()) + " over"
                + (failed == 0 ? "" : ", " + failed + " not as wished")
                + (names.isEmpty() ? "" : "; under way: " + names)
                + (underWay.size() > NAMED ? " and " + (underWay.size() - NAMED) + " more" : "");
    }

    @Override
    public void clear() {
        if (progress != null) {
            progress.clear();
        }
    }
}
