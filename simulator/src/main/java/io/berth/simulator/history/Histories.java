package io.berth.simulator.history;

import io.berth.simulator.fault.Variation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Plays many random histories on all processors. The same seed plays the same ones. */
public final class Histories {
    private static final int PER_SEED = 1_000_000;
    private static final int BATCH = 128;
    /** Where one may be enough. */
    private static final int FEW = 16;

    private static final int STORIES = 3;

    private final Variation variation;
    private final long first;

    public Histories(Variation variation, long seed) {
        this.variation = variation;
        this.first = seed * PER_SEED;
    }

    /** Until that many steps were made. */
    public HistoriesReport steps(long wanted) {
        return play(report -> report.steps < wanted);
    }

    /** Until that much time has passed: how many there are depends on the machine. */
    public HistoriesReport time(Duration time) {
        var end = Instant.now().plus(time);
        return play(_ -> Instant.now().isBefore(end));
    }

    /** The seed of the first of {@code most} histories that breaks the promise; empty when all keep it. */
    public Optional<Long> firstViolation(int most) {
        for (var from = 0; from < most; from += FEW) {
            var broken = batch(first + from, Math.min(FEW, most - from)).stream()
                    .filter(History::isBroken)
                    .findFirst();
            if (broken.isPresent()) {
                return broken.map(history -> history.script().seed());
            }
        }
        return Optional.empty();
    }

    /** Plays one of them again and tells it: the script as short as it gets, what is wrong, and how it came to that. */
    public static String tale(long seed, Variation variation) {
        var history = History.random(seed, variation);
        return history.isBroken()
                ? Tale.of(seed, Shrinker.shortest(history, variation), variation)
                : Tale.of(seed, history.script(), variation);
    }

    @FunctionalInterface
    private interface Going {
        boolean on(Sum sum);
    }

    /** What has been played so far. */
    private static final class Sum {
        private final Tally tally = new Tally();
        private final TreeMap<String, Long> broken = new TreeMap<>();
        private int histories;
        private int violations;
        private long steps;

        void add(History history) {
            histories++;
            steps += history.steps();
            tally.add(history.tally());
            if (history.isBroken()) {
                violations++;
                broken.putIfAbsent(
                        Shrinker.kind(history.violations().getFirst()),
                        history.script().seed());
            }
        }
    }

    private HistoriesReport play(Going going) {
        var sum = new Sum();
        for (var next = first; going.on(sum); next += BATCH) {
            batch(next, BATCH).forEach(sum::add);
        }
        return new HistoriesReport(
                sum.histories,
                sum.steps,
                sum.violations,
                sum.tally.operations(),
                sum.tally.outcomes(),
                sum.tally.faults(),
                sum.broken.values().stream()
                        .limit(STORIES)
                        .map(seed -> tale(seed, variation))
                        .toList());
    }

    /** As many at once as there are processors; answered in the order of their seeds. */
    private List<History> batch(long from, int count) {
        return atOnce(LongStream.range(from, from + count), seed -> History.random(seed, variation));
    }

    private static <T> List<T> atOnce(LongStream seeds, LongFunction<T> work) {
        var places = new Semaphore(Runtime.getRuntime().availableProcessors());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = new ArrayList<Future<T>>();
            seeds.forEach(seed -> {
                Callable<T> task = () -> {
                    places.acquire();
                    try {
                        return work.apply(seed);
                    } finally {
                        places.release();
                    }
                };
                begun.add(threads.submit(task));
            });
            return begun.stream().map(Histories::get).toList();
        }
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while histories were played", interrupted);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a history could not be played", broken.getCause());
        }
    }
}
