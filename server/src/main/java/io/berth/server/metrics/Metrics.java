package io.berth.server.metrics;

import io.berth.engine.wire.DaemonView;
import io.berth.server.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** All that is answered at {@code GET /metrics}. No host is asked. Thread-safe. */
public final class Metrics {
    private static final double MILLIS = 1000;

    private final Supplier<DaemonView> daemon;
    private final IntSupplier unfinished;
    private final Tally tally;

    /** @param unfinished operations that aren't over, of this process or any other on its journal */
    public Metrics(Supplier<DaemonView> daemon, IntSupplier unfinished, Tally tally) {
        this.daemon = daemon;
        this.unfinished = unfinished;
        this.tally = tally;
    }

    public Reply.Text reply() {
        return new Reply.Text(Exposition.TYPE, Exposition.text(all()));
    }

    private List<Metric> all() {
        var view = daemon.get();
        var version = new Metric.Sample(new TreeMap<>(Map.of("version", view.version())), 1);
        var all = new ArrayList<>(List.of(
                new Metric("berth_build_info", Metric.Type.GAUGE, "Which Berth this is.", List.of(version)),
                Metric.gauge("berth_tasks_running", "Requests that are being worked on.", view.tasks()),
                Metric.gauge("berth_stopping", "1 when the daemon takes no new work.", view.stopping() ? 1 : 0),
                Metric.gauge(
                        "berth_operations_unfinished",
                        "Operations in the journal that aren't over, under way or waiting for recovery.",
                        unfinished.getAsInt()),
                Metric.gauge(
                        "process_start_time_seconds",
                        "When the daemon began, since 1970.",
                        view.since().toEpochMilli() / MILLIS)));
        ProcessMemory.resident()
                .ifPresent(bytes -> all.add(Metric.gauge(
                        "process_resident_memory_bytes", "Memory of the daemon's process.", (double) bytes)));
        all.addAll(tally.metrics());
        return all;
    }
}
