package io.berth.core.fleet;

import io.berth.core.fleet.SuspendAllSurvey.Candidate;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Plans to suspend many. With little time those are chosen that together fill it best, so that most memory is safe. The
 * largest go first: when storage is slower than was thought, the ones that don't make it are the smallest. What won't make
 * it isn't begun, since it would only take from the others; when they are done it is looked at again.
 */
final class SuspendAllPlanner {
    static final String KIND = "suspend-all";
    /** How much of the time is planned with. The rest is for what nobody knew. */
    private static final double TRUSTED = 0.9;
    /** What the last one takes besides writing, which nothing else is done beside: attach, flush, read back. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    private SuspendAllPlanner() {}

    static FleetPlan plan(SuspendAllSurvey facts) {
        var left = new ArrayList<Left>();
        var able = new ArrayList<Candidate>();
        for (var candidate : facts.candidates()) {
            candidate.obstacle().ifPresentOrElse(why -> left.add(left(candidate, why)), () -> able.add(candidate));
        }
        able.sort(largestFirst());
        var moves = new ArrayList<Move>();
        var written = DataSize.ZERO;
        for (var candidate : inTime(facts, able, left)) {
            var size = facts.thin() ? candidate.estimate().bound() : candidate.need();
            if (written.plus(size).exceeds(facts.room().free())) {
                left.add(left(candidate, noRoom(facts, size)));
            } else {
                written = written.plus(candidate.need());
                moves.add(move(facts, candidate, written));
            }
        }
        return new FleetPlan(
                KIND,
                moves,
                left,
                facts.silent(),
                Optional.of(facts.pace()),
                Optional.of(facts.pace().timeFor(written)));
    }

    private static Comparator<Candidate> largestFirst() {
        return Comparator.comparing(Candidate::need)
                .reversed()
                .thenComparing(candidate -> candidate.view().vm().name())
                .thenComparing(candidate -> candidate.view().vm().uuid());
    }

    private static List<Candidate> inTime(SuspendAllSurvey facts, List<Candidate> able, List<Left> left) {
        if (facts.within().isEmpty()) {
            return able;
        }
        var time = facts.within().get();
        var trusted = Duration.ofMillis((long) (time.toMillis() * TRUSTED)).minus(AROUND);
        var chosen = BestFill.of(
                able.stream().map(Candidate::need).toList(), facts.pace().amountIn(trusted));
        var inTime = new ArrayList<Candidate>();
        for (var index = 0; index < able.size(); index++) {
            if (chosen.get(index)) {
                inTime.add(able.get(index));
            } else {
                left.add(left(able.get(index), tooLate(facts, time, able.get(index))));
            }
        }
        return inTime;
    }

    private static Move move(SuspendAllSurvey facts, Candidate candidate, DataSize written) {
        return new Move(
                candidate.view().vm(),
                Way.SUSPEND,
                candidate.view().host(),
                Optional.empty(),
                Optional.of(facts.datastore()),
                candidate.need(),
                Optional.of(facts.pace().timeFor(written)));
    }

    private static Left left(Candidate candidate, Failure why) {
        return new Left(candidate.view().vm(), candidate.view().host(), why);
    }

    private static Failure tooLate(SuspendAllSurvey facts, Duration time, Candidate candidate) {
        return Failure.of(FailureKind.ENVIRONMENT, "suspend.too-late", "there is no time to save it")
                .host(candidate.view().host())
                .why("its memory is " + candidate.need() + ", datastore " + facts.datastore() + " takes about "
                        + facts.pace().perSecond() + "/s, and " + Math.max(0, time.toSeconds())
                        + " s are better used for others")
                .next("shut it down from inside, or bring it to a host with power")
                .build();
    }

    private static Failure noRoom(SuspendAllSurvey facts, DataSize size) {
        return Failure.of(FailureKind.STORAGE, "storage.no-room", "no room for the checkpoint")
                .why("datastore " + facts.datastore() + " has " + facts.room().free()
                        + " free, which others get; this checkpoint may take " + size)
                .next("free space there, or name another datastore with --datastore")
                .build();
    }
}
