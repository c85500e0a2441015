package io.berth.opennebula.mad;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.opennebula.line.Incoming;
import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.line.ProtocolWriter;
import io.berth.opennebula.line.RequestReader;
import io.berth.opennebula.line.Severity;
import io.berth.opennebula.memory.Engines;
import io.berth.opennebula.run.RequestLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A driver of OpenNebula's: reads requests until the core wants no more, and answers each once. */
public final class Driver {
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
    private final Duty duty;
    private final JobQueue jobs;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    /** VMs for which this driver was asked for anything. */
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();

    private boolean finalizing;

    private Driver(InputStream input, OutputStream output, Duty duty) {
        this.reader = new RequestReader(input);
        this.writer = new ProtocolWriter(output);
        this.duty = duty;
        this.jobs = new JobQueue(duty, this::work, writer::write);
    }

    /**
     * The VM driver.
     *
     * @param input from the core
     * @param output to the core, for nobody else to write to
     * @param engines asked only for datastores that want Berth to keep memory
     */
    public static Driver vmm(InputStream input, OutputStream output, VmmSettings settings, Engines engines) {
        return new Driver(input, output, new VmmDuty(settings, engines));
    }

    /**
     * The transfer manager.
     *
     * @param input from the core
     * @param output to the core, for nobody else to write to
     * @param engines asked only for datastores that want Berth to take directories along
     */
    public static Driver tm(InputStream input, OutputStream output, TmSettings settings, Engines engines) {
        return new Driver(input, output, new TmDuty(settings, engines));
    }

    /** A mistake of ours ends one request, with an answer, and not the driver. */
    private Optional<Outgoing.Reply> work(Job job) {
        try {
            return job.work()
                    .apply(new RequestLog(job.vm(), writer::write, job.cancellation(), time -> jobs.rest(job, time)));
        } catch (RuntimeException bug) {
            return Optional.of(Outgoing.Reply.refusal(job.action(), job.vm(), broken(bug)));
        }
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
        Thread.ofVirtual().name("berth-owed").start(this::answerWhatIsOwed);
        return end.join();
    }

    /** What the core has asked of this driver meanwhile is answered as that. */
    private void answerWhatIsOwed() {
        duty.owed().stream().filter(job -> !asked.contains(job.vm())).forEach(jobs::add);
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
            duty.finish();
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
        if (!duty.knows(request.action())) {
            warn(request.id(), "Ignored: " + request.action() + " is no request that this driver knows");
        } else if (request.id() < 0) {
            warn(Outgoing.GLOBAL, "Ignored: " + request.action() + " without an id");
        } else if (request.arguments().size() != 1) {
            refuse(request.action(), request.id(), "it came without its message");
        } else {
            queue(request.action(), request.id(), request.arguments().getFirst());
        }
    }

    private void queue(String action, int vm, String message) {
        asked.add(vm);
        try {
            jobs.add(duty.job(action, vm, message));
        } catch (Failure unusable) {
            writer.write(Outgoing.Reply.refusal(action, vm, unusable));
        }
    }

    private void refuse(String action, int id, String why) {
        if (id >= 0 && duty.knows(action)) {
            writer.write(new Outgoing.Reply(action, false, id, "Cannot perform " + action + ", " + why));
        } else {
            warn(id, "Ignored: " + action + ", " + why);
        }
    }

    private void warn(int id, String text) {
        writer.write(new Outgoing.Log(Severity.WARNING, id, text));
    }
}
