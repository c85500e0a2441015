package io.berth.opennebula.memory;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Engine;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.Inquiry.Answer;
import java.util.Optional;
import java.util.Set;

/**
 * One deed on its way to a verdict. It is begun once: when it isn't known what came of it, it isn't done again, but what
 * is left of it finished or undone, and then looked where the guest is. Belongs to one request.
 */
final class Deed {
    /** Somebody else works on the guest: nothing was touched, and soon it can be. */
    static final Set<String> OTHERS = Set.of("vm.busy", "vm.needs-recovery", "vm.overtaken");

    private final MemoryDeed deed;
    private final Engines engines;
    private final Settling settling;
    private final Waiting waiting;
    private volatile boolean begun;
    private Optional<Failure> trouble = Optional.empty();

    Deed(MemoryDeed deed, Engines engines, Settling settling, Waiting waiting) {
        this.deed = deed;
        this.engines = engines;
        this.settling = settling;
        this.waiting = waiting;
    }

    Answer<Verdict> attempt() {
        try {
            var engine = engines.engine();
            if (trouble.isEmpty()) {
                return begin(engine);
            }
            var open = settling.settle(engine, deed);
            return switch (open) {
                case Settling.Outcome.Settled() -> begun ? look(engine, trouble.get()) : begin(engine);
                case Settling.Outcome.SavedForGood(var left) -> new Answer.Known<>(new Verdict.Done(left.getMessage()));
                case Settling.Outcome.Open(var why) -> unknown(why);
            };
        } catch (Failure failure) {
            return unknown(failure);
        }
    }

    private Answer<Verdict> begin(Engine engine) {
        return adopt(engine).filter(answer -> !isDone(answer)).orElseGet(() -> perform(engine));
    }

    /** The deed itself isn't begun by it, so it can be asked for again. */
    private Optional<Answer<Verdict>> adopt(Engine engine) {
        try {
            return Adoption.before(deed, engine)
                    .map(request -> engine.checkpoints().adopt(request, new Watch(_ -> {}, waiting.cancellation())))
                    .map(report -> judged(report.result()));
        } catch (Failure failure) {
            return Optional.of(isOpen(failure) ? unknown(failure) : look(engine, failure));
        }
    }

    private static boolean isDone(Answer<Verdict> answer) {
        return answer instanceof Answer.Known<Verdict>(Verdict.Done _);
    }

    private Answer<Verdict> perform(Engine engine) {
        try {
            var result =
                    run(engine, new Watch(this::hear, waiting.cancellation())).result();
            begun = true;
            return judged(result);
        } catch (Failure failure) {
            return begun || isElsewhere(failure) ? unknown(failure) : look(engine, failure);
        } catch (RuntimeException bug) {
            if (begun) {
                return unknown(broken(bug));
            }
            throw bug;
        }
    }

    private void hear(EngineEvent event) {
        if (event instanceof EngineEvent.OperationBegins) {
            begun = true;
        }
    }

    /** Whether it may have been begun elsewhere, or will be possible when somebody else is ready. */
    private boolean isElsewhere(Failure failure) {
        begun = failure.isUnknownOutcome();
        return isOpen(failure);
    }

    private static boolean isOpen(Failure failure) {
        return failure.isUnknownOutcome() || OTHERS.contains(failure.code());
    }

    private static Failure broken(RuntimeException bug) {
        return Failure.of(FailureKind.BUG, "berth.broken", "Berth itself is wrong")
                .why(bug.toString())
                .next("please report it, with the log")
                .cause(bug)
                .build();
    }

    private Report run(Engine engine, Watch watch) {
        return switch (deed) {
            case MemoryDeed.Save(var vm, var host, var datastore) ->
                engine.machines()
                        .suspend(
                                new SuspendRequest(
                                        vm,
                                        Optional.of(host),
                                        Optional.of(datastore),
                                        Optional.empty(),
                                        Optional.empty(),
                                        false),
                                watch);
            case MemoryDeed.Restore(var vm, var host, var _) ->
                engine.machines().resume(ResumeRequest.of(vm, host), watch);
            case MemoryDeed.Move(var vm, var host, var destination) -> {
                var from = new SuspendRequest(
                        vm, Optional.of(host), Optional.empty(), Optional.empty(), Optional.empty(), false);
                yield engine.machines().migrate(new MigrateRequest(from, destination, MigrationMode.LIVE), watch);
            }
        };
    }

    private Answer<Verdict> judged(RunResult result) {
        return switch (result.state()) {
            case SUCCEEDED -> new Answer.Known<>(new Verdict.Done(""));
            case SUCCEEDED_CLEANUP_PENDING -> new Answer.Known<>(new Verdict.Done(result.message()));
            case FAILED -> new Answer.Known<>(new Verdict.NotDone(why(result)));
            case PENDING, ACTIVE -> unknown(why(result));
        };
    }

    private static Failure why(RunResult result) {
        return result.failure()
                .orElseGet(() -> Failure.of(FailureKind.UNKNOWN_OUTCOME, "vm.unclear", "the operation gave no reason")
                        .why(result.message())
                        .next("see 'berth operation show " + result.plan().operation() + "'")
                        .build());
    }

    /** Also after a refusal: nothing was touched now, but an earlier request may have brought it about. */
    private Answer<Verdict> look(Engine engine, Failure why) {
        return switch (Truth.of(deed, Sight.of(engine, deed.vm()))) {
            case DONE -> new Answer.Known<>(new Verdict.Done("it was done, though: " + why.getMessage()));
            case NOT_DONE -> new Answer.Known<>(new Verdict.NotDone(why));
            case UNKNOWN -> unknown(why);
        };
    }

    private Answer<Verdict> unknown(Failure why) {
        trouble = Optional.of(why);
        return new Answer.Unknown<>(why);
    }
}
