package io.berth.opennebula.memory;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Engine;
import io.berth.engine.HostView;
import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.Inquiry.Answer;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Has Berth's engine do deeds, and answers only what is known of them. Whatever an engine of this or an earlier process
 * has left unfinished of the guest's is finished or undone first. Thread-safe.
 */
public final class EngineMemory {
    private final Engines engines;
    private final Settling settling = new Settling();
    /** Held for reading while an engine works. */
    private final ReadWriteLock work = new ReentrantReadWriteLock();

    public EngineMemory(Engines engines) {
        this.engines = engines;
    }

    /**
     * Looks whether the deed makes sense, before anything is touched for it. Waits while that can't be told.
     *
     * @return {@link Readiness.Refused} also when the core takes the request back
     */
    public Readiness prepare(MemoryDeed deed, Waiting waiting) {
        return new Inquiry<Readiness>(waiting, Readiness.Refused::new).until(atWork(() -> readiness(deed)));
    }

    /**
     * Does the deed, and returns when it is known what came of it.
     *
     * @return {@link Verdict.NotDone} also when the core takes the request back, whatever came of it
     */
    public Verdict perform(MemoryDeed deed, Waiting waiting) {
        var underWay = new Deed(deed, engines, settling, waiting);
        return new Inquiry<Verdict>(waiting, Verdict.NotDone::new).until(atWork(underWay::attempt));
    }

    /**
     * Finds out what came of a deed that another process was to do; what it left unfinished is finished or undone. Begins
     * nothing by itself.
     *
     * @return {@link Verdict.NotDone} also when the core takes the request back
     */
    public Verdict conclude(MemoryDeed deed, Waiting waiting) {
        return new Inquiry<Verdict>(waiting, Verdict.NotDone::new).until(atWork(() -> conclusion(deed)));
    }

    private Answer<Verdict> conclusion(MemoryDeed deed) {
        try {
            var engine = engines.engine();
            requireHosts(engine, deed);
            return switch (settling.settle(engine, deed)) {
                case Settling.Outcome.Settled() -> seen(deed, Sight.of(engine, deed.vm()));
                case Settling.Outcome.SavedForGood(var left) -> new Answer.Known<>(new Verdict.Done(left.getMessage()));
                case Settling.Outcome.Open(var why) -> new Answer.Unknown<>(why);
            };
        } catch (Failure failure) {
            return new Answer.Unknown<>(failure);
        }
    }

    /**
     * A guest that stands still may be in the middle of something that another front-end's journal knows of, one that is
     * nowhere in the hands of a script that its host still runs.
     */
    private static Answer<Verdict> seen(MemoryDeed deed, Sight sight) {
        if (sight.standsStill() || sight.isAbsent()) {
            return new Answer.Unknown<>(unclear(deed, sight));
        }
        return switch (Truth.of(deed, sight)) {
            case DONE -> new Answer.Known<>(new Verdict.Done(""));
            case NOT_DONE -> new Answer.Known<>(new Verdict.NotDone(notBegun()));
            case UNKNOWN -> new Answer.Unknown<>(unclear(deed, sight));
        };
    }

    private static Failure notBegun() {
        return Failure.of(FailureKind.ENVIRONMENT, "mad.driver-ended", "the driver that was to do it has ended")
                .why("what it had begun is undone")
                .next("ask for it again")
                .build();
    }

    /** Returns when no engine of this process is in the middle of anything; from then on none begins anything. */
    public void finish() {
        work.writeLock().lock();
    }

    private <T> Supplier<T> atWork(Supplier<T> question) {
        return () -> {
            work.readLock().lock();
            try {
                return question.get();
            } finally {
                work.readLock().unlock();
            }
        };
    }

    private Answer<Readiness> readiness(MemoryDeed deed) {
        try {
            var engine = engines.engine();
            requireHosts(engine, deed);
            return switch (settling.settle(engine, deed)) {
                case Settling.Outcome.Settled() -> settled(engine, deed);
                case Settling.Outcome.SavedForGood(var _) -> new Answer.Known<>(new Readiness.Already());
                case Settling.Outcome.Open(var why) -> new Answer.Unknown<>(why);
            };
        } catch (Failure failure) {
            return isOfTheDaemon(failure)
                    ? new Answer.Unknown<>(failure)
                    : new Answer.Known<>(new Readiness.Refused(failure));
        }
    }

    /** It may have ended this moment; then there is an engine in this process. */
    private static boolean isOfTheDaemon(Failure failure) {
        return failure.is("daemon.gone") || failure.is("daemon.silent") || failure.isUnknownOutcome();
    }

    private static Answer<Readiness> settled(Engine engine, MemoryDeed deed) {
        return switch (deed) {
            // The engine looks by itself; a look more would make each save slower.
            case MemoryDeed.Save _ -> new Answer.Known<>(new Readiness.Ready());
            case MemoryDeed.Restore _, MemoryDeed.Move _ -> arrival(engine, deed, Sight.of(engine, deed.vm()));
        };
    }

    private static Answer<Readiness> arrival(Engine engine, MemoryDeed deed, Sight sight) {
        return switch (Truth.of(deed, sight)) {
            case DONE -> new Answer.Known<>(new Readiness.Already());
            case NOT_DONE -> {
                var isAnywhere =
                        !sight.isAbsent() || Adoption.before(deed, engine).isPresent();
                yield new Answer.Known<>(isAnywhere ? new Readiness.Ready() : new Readiness.Absent());
            }
            case UNKNOWN -> new Answer.Unknown<>(unclear(deed, sight));
        };
    }

    private static Failure unclear(MemoryDeed deed, Sight sight) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "vm.unclear", "it can't be told where the VM is")
                .why(deed.vm() + ": " + sight)
                .next("make hosts and datastores answer; 'berth vm list' shows what they say")
                .build();
    }

    private static void requireHosts(Engine engine, MemoryDeed deed) {
        var known = engine.hosts().list().stream().map(HostView::host).collect(Collectors.toSet());
        deed.hosts().stream().filter(host -> !known.contains(host)).findFirst().ifPresent(host -> {
            throw Failure.of(FailureKind.CALLER, "host.unknown", "Berth doesn't know the host " + host)
                    .next("add it under the name that it has in OpenNebula: 'berth host add " + host + "'")
                    .build();
        });
    }
}
