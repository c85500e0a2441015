package io.berth.simulator.proof;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of {@code bin/prove}.
 *
 * @param seed of all that is random
 * @param time for everything, the rest of it spent on histories; empty: as many histories as make up ten million steps
 * @param history only this one, told in full
 */
record Options(long seed, Optional<Duration> time, Optional<Long> history) {
    static final String USAGE = "usage: bin/prove [--seed N] [--minutes M] | bin/prove --history N";
    private static final long SEED = 42;

    /** @throws IllegalArgumentException when it can't be understood */
    static Options of(List<String> arguments) {
        var options = new Options(SEED, Optional.empty(), Optional.empty());
        for (var words = arguments.iterator(); words.hasNext(); ) {
            options = options.with(words.next(), words);
        }
        return options;
    }

    private Options with(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(USAGE);
        }
        var value = Long.parseLong(words.next());
        return switch (word) {
            case "--seed" -> new Options(value, time, history);
            case "--minutes" -> new Options(seed, Optional.of(Duration.ofMinutes(value)), history);
            case "--history" -> new Options(seed, time, Optional.of(value));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }
}
