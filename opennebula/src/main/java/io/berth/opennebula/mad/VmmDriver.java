package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.action.VmmRequest;
import io.berth.opennebula.line.Incoming;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.line.ProtocolWriter;
import io.berth.opennebula.line.RequestReader;
import io.berth.opennebula.line.Severity;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Engines;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.run.RequestLog;
import io.berth.opennebula.run.VmmRequests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The VM driver: reads requests until the core wants no more, and answers each once. */
public final class VmmDriver {
    /** How serving comes to an end. */
    public enum End {
        /** All that was begun has ended. */
        FINISHED,
        /**
         * The core is gone, and nobody is there to be answered. Scripts that run are left to themselves; what an engine was
         * in the middle of is done.
         */
        ABANDONED
    }

    private final RequestReader reader;
    private final ProtocolWriter writer;
    private final EngineMemory memory;
    private final JobQueue jobs;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private boolean finalizing;

    /**
     * @param input from the core
     * @param output to the core, for nobody else to write to
     * @param engines asked only for datastores that want Berth to keep memory
     */
    public VmmDriver(InputStream input, OutputStream output, VmmSettings settings, Engines engines) {
        this.reader = new RequestReader(input);
        this.writer = new ProtocolWriter(output);
        this.memory = new EngineMemory(engines);
        var requests = new VmmRequests(settings.site(), settings.liveSnapshots(), memory);
        this.jobs = new JobQueue(
                settings.options().threads(), !settings.options().parallel(), work(requests), writer::write);
    }

    /** A mistake of ours ends one request, with an answer, and not the driver. */
    private Function<Job, Optional<Outgoing.Reply>> work(VmmRequests requests) {
        return job -> {
            try {
                var log = new RequestLog(job.vm(), writer::write, job.cancellation(), time -> jobs.rest(job, time));
                return requests.answer(job.request(), job.message(), log);
            } catch (RuntimeException bug) {
                return Optional.of(VmmRequests.refusal(job.request(), job.vm(), broken(bug)));
            }
        };
    }

    private static Failure broken(RuntimeException bug) {
        return Failure.of(FailureKind.BUG, "berth.broken", "Berth itself is wrong")
                .why(bug.toString())
                .next("please report it, with the log")
                .cause(bug)
                .build();
    }

    /**
     * Serves until the core ends it.
     *
     * @return how it ended; the process should end at once
     */
    public End serve() throws InterruptedException {
        Thread.ofPlatform().daemon().name("berth-requests").start(this::readAll);
        return end.join();
    }

    private void readAll() {
        try {
            for (var line = reader.read(); line.isPresent(); line = reader.read()) {
                take(line.get());
            }
        } catch (IOException broken) {
            // The same as the end of the stream.
        }
        if (!finalizing) {
            memory.finish();
            end.complete(End.ABANDONED);
        }
    }

    private void take(Incoming line) {
        switch (line) {
            case Incoming.Noise(var why) -> warn(Outgoing.GLOBAL, "Ignored: " + why);
            case Incoming.Overlong(var action, var id) ->
                refuse(action, id, "its message is longer than " + RequestReader.LONGEST + " bytes");
            case Incoming.Request request -> take(request);
        }
    }

    private void take(Incoming.Request request) {
        switch (request.action()) {
            case "INIT" -> writer.write(new Outgoing.Ready());
            case "FINALIZE" -> finish();
            case "DRIVER_CANCEL" -> cancel(request.id());
            default -> queue(request);
        }
    }

    /** What is under way is brought to its end; the core closes its side right away. */
    private void finish() {
        if (finalizing) {
            return;
        }
        finalizing = true;
        Thread.ofVirtual().name("berth-finish").start(() -> {
            try {
                jobs.awaitIdle();
                end.complete(End.FINISHED);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void cancel(int vm) {
        jobs.cancel(vm);
        writer.write(new Outgoing.Log(Severity.INFO, vm, "Driver command for " + vm + " cancelled"));
    }

    private void queue(Incoming.Request request) {
        if (finalizing) {
            return;
        }
        var known = VmmRequest.named(request.action());
        if (known.isEmpty()) {
            warn(request.id(), "Ignored: " + request.action() + " is no request that this driver knows");
        } else if (request.id() < 0) {
            warn(Outgoing.GLOBAL, "Ignored: " + request.action() + " without an id");
        } else if (request.arguments().size() != 1) {
            refuse(request.action(), request.id(), "it came without its message");
        } else {
            queue(known.get(), request.id(), request.arguments().getFirst());
        }
    }

    private void queue(VmmRequest request, int vm, String payload) {
        try {
            jobs.add(new Job(request, vm, DriverMessage.parse(payload)));
        } catch (Failure unusable) {
            writer.write(VmmRequests.refusal(request, vm, unusable));
        }
    }

    private void refuse(String action, int id, String why) {
        if (id >= 0 && VmmRequest.named(action).isPresent()) {
            writer.write(new Outgoing.Reply(action, false, id, "Cannot perform " + action + ", " + why));
        } else {
            warn(id, "Ignored: " + action + ", " + why);
        }
    }

    private void warn(int id, String text) {
        writer.write(new Outgoing.Log(Severity.WARNING, id, text));
    }
}
