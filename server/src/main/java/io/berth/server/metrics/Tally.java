package io.berth.server.metrics;

import io.berth.driver.OperationId;
import io.berth.engine.EngineEvent;
import io.berth.engine.wire.News;
import io.berth.server.task.TaskListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what comes of tasks and of the operations in them. Thread-safe. */
public final class Tally implements TaskListener {
    private static final double NANOS = 1e9;
    private static final String KIND = "kind";

    private final Counters tasks = new Counters("berth_tasks_total", "Requests that are over, by what came of them.");
    private final Counters operations =
            new Counters("berth_operations_total", "Operations that this daemon ended or laid to rest, by state.");
    private final Counters seconds =
            new Counters("berth_operation_seconds_total", "How long those operations took, together.");
    private final Map<OperationId, Begun> underWay = new ConcurrentHashMap<>();

    private record Begun(String kind, long nanos) {}

    @Override
    public void heard(String kind, News news) {
        switch (news) {
            case News.Happened(var event) -> count(event);
            case News.Ended _ -> tasks.add(labels(kind, "result", "ended"), 1);
            case News.Refused _ -> tasks.add(labels(kind, "result", "refused"), 1);
            case News.Missed _ -> {}
        }
    }

    private void count(EngineEvent event) {
        switch (event) {
            // A later leg of the same operation begins anew; it counts from its first.
            case EngineEvent.OperationBegins begins ->
                underWay.putIfAbsent(begins.operation(), new Begun(begins.kind(), System.nanoTime()));
            case EngineEvent.OperationEnds ends -> count(ends);
            case EngineEvent.StepBegins _, EngineEvent.StepEnds _, EngineEvent.BytesMoved _ -> {}
        }
    }

    private void count(EngineEvent.OperationEnds ends) {
        var begun = underWay.remove(ends.operation());
        if (begun != null) {
            operations.add(labels(begun.kind(), "state", ends.state().name().toLowerCase(Locale.ROOT)), 1);
            seconds.add(labels(begun.kind()), (System.nanoTime() - begun.nanos()) / NANOS);
        }
    }

    private static SortedMap<String, String> labels(String kind, String name, String value) {
        var labels = labels(kind);
        labels.put(name, value);
        return labels;
    }

    private static SortedMap<String, String> labels(String kind) {
        return new TreeMap<>(Map.of(KIND, kind));
    }

    List<Metric> metrics() {
        return List.of(tasks.metric(), operations.metric(), seconds.metric());
    }
}
