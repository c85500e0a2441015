package io.berth.core.fleet;

import io.berth.core.run.RunResult;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/** Carries moves out, each in its turn, beside other errands. */
final class Errand {
    private final Turns turns;
    private final Crew crew;
    private final Cancellation cancellation;

    /** @param cancellation nothing is begun any more; what is under way hears it itself */
    Errand(Turns turns, Crew crew, Cancellation cancellation) {
        this.turns = turns;
        this.crew = crew;
        this.cancellation = cancellation;
    }

    boolean isCancelled() {
        return cancellation.requested();
    }

    void pause(Duration time) {
        crew.pause(time);
    }

    /**
     * What became of them, in the same order.
     *
     * @param operation throws a failure when refused
     */
    List<Fate> run(List<Move> moves, Function<Move, RunResult> operation) {
        var fates = new AtomicReferenceArray<Fate>(moves.size());
        var over = new CountDownLatch(moves.size());
        var tickets = new ArrayList<Turns.Ticket>();
        for (var index = 0; index < moves.size(); index++) {
            var place = index;
            var move = moves.get(index);
            tickets.add(turns.queue(
                    move.resources(),
                    ticket -> crew.start(() -> {
                        try {
                            fates.set(place, fate(move, operation));
                        } finally {
                            ticket.leave();
                            over.countDown();
                        }
                    })));
        }
        try (var _ = cancellation.onRequest(() -> tickets.forEach(ticket -> {
            if (ticket.withdraw()) {
                over.countDown();
            }
        }))) {
            crew.await(over);
        }
        var list = new ArrayList<Fate>();
        for (var index = 0; index < moves.size(); index++) {
            var fate = fates.get(index);
            list.add(fate == null ? Fate.notBegun(moves.get(index)) : fate);
        }
        return list;
    }

    private static Fate fate(Move move, Function<Move, RunResult> operation) {
        try {
            return Fate.of(move, operation.apply(move));
        } catch (Failure why) {
            return Fate.refused(move, why);
        } catch (RuntimeException bug) {
            return Fate.refused(
                    move,
                    Failure.of(FailureKind.BUG, "berth.broken", "Berth itself is wrong: " + bug)
                            .next("please report it, with the log")
                            .cause(bug)
                            .build());
        }
    }
}
