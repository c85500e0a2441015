package io.berth.bench.stage;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.Engine;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.embedded.EmbeddedEngines;
import io.berth.engine.embedded.Instruments;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** An engine in this process that tells where its time goes. One operation at a time. */
public final class MeasuredEngine implements AutoCloseable {
    private final List<CommandTime> transports = new ArrayList<>();
    private final List<JournalTime> journals = new ArrayList<>();
    private final Engine engine;

    /** @param home with the hosts already added */
    public MeasuredEngine(Home home) {
        this.engine = EmbeddedEngines.open(
                home,
                Configuration.read(home.configuration()),
                new Instruments(
                        transport -> remember(transports, new CommandTime(transport)),
                        journal -> remember(journals, new JournalTime(journal))));
    }

    private static <T> T remember(List<T> all, T one) {
        all.add(one);
        return one;
    }

    /**
     * An operation that is over.
     *
     * @param commands when any command ran on a host, in seconds
     * @param commandLines the argument lists of those commands
     * @param journal seconds spent in it
     * @param journalCalls how many there were
     * @param stepEnds microseconds since the epoch, by step
     * @param begun microseconds since the epoch
     */
    public record Done(
            Report report,
            double seconds,
            double commands,
            List<List<String>> commandLines,
            double journal,
            int journalCalls,
            long begun,
            Map<String, Long> stepEnds) {
        /** All but the commands, in seconds. */
        public double own() {
            return seconds - commands;
        }

        /** Of the image that was written. */
        public DataSize imageLength() {
            return report.image().orElseThrow(() -> new IllegalStateException("the image's length isn't known"));
        }
    }

    public Done suspend(String vm, Optional<MemoryWriter> writer) {
        return suspend(new SuspendRequest(vm, Optional.empty(), Optional.empty(), writer, Optional.empty(), false));
    }

    public Done suspend(String vm, String datastore, MemoryWriter writer) {
        return suspend(new SuspendRequest(
                vm, Optional.empty(), Optional.of(datastore), Optional.of(writer), Optional.empty(), false));
    }

    private Done suspend(SuspendRequest request) {
        return measured(watch -> engine.machines().suspend(request, watch));
    }

    public Done resume(String vm, String host) {
        return measured(watch -> engine.machines().resume(ResumeRequest.of(vm, new HostRef(host)), watch));
    }

    /** Through a checkpoint. */
    public Done migrate(String vm, String host) {
        var request = MigrateRequest.of(vm, new HostRef(host), MigrationMode.COLD);
        return measured(watch -> engine.machines().migrate(request, watch));
    }

    private Done measured(Function<Watch, Report> operation) {
        var ends = new ConcurrentHashMap<String, Long>();
        var watch = new Watch(event -> hear(event, ends), Cancellation.never());
        transports.getFirst().take();
        journals.getFirst().take();
        var begun = now();
        var began = System.nanoTime();
        var report = operation.apply(watch);
        var seconds = (System.nanoTime() - began) / 1e9;
        if (report.result().state() != OperationState.SUCCEEDED) {
            throw new IllegalStateException("the operation ended as "
                    + report.result().state() + ": " + report.result().message());
        }
        var commands = transports.getFirst().take();
        var spent = journals.getFirst().take();
        return new Done(
                report,
                seconds,
                Span.covered(commands.spans()),
                commands.lines(),
                spent.seconds(),
                spent.calls(),
                begun,
                Map.copyOf(ends));
    }

    private static void hear(EngineEvent event, Map<String, Long> ends) {
        if (event instanceof EngineEvent.StepEnds end) {
            ends.put(end.step(), now());
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void close() {
        engine.close();
    }
}
