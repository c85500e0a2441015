package io.berth.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the bench was asked for.
 *
 * @param only ids that begin so
 * @param json where to write the figures
 * @param rounds at least so many, at least one
 */
record Options(String only, Optional<Path> json, int rounds) {
    static final String USAGE = "usage: bench [--only PREFIX] [--json FILE] [--rounds N]";
    private static final int USUAL_ROUNDS = 7;

    /** @throws IllegalArgumentException for anything else */
    static Options parse(List<String> arguments) {
        var only = "";
        Optional<Path> json = Optional.empty();
        var rounds = USUAL_ROUNDS;
        for (var at = 0; at < arguments.size(); at += 2) {
            if (at + 1 == arguments.size()) {
                throw new IllegalArgumentException("'" + arguments.get(at) + "' takes a value");
            }
            var value = arguments.get(at + 1);
            switch (arguments.get(at)) {
                case "--only" -> only = value;
                case "--json" -> json = Optional.of(Path.of(value));
                case "--rounds" -> rounds = number(value);
                default -> throw new IllegalArgumentException("no option '" + arguments.get(at) + "'");
            }
        }
        return new Options(only, json, rounds);
    }

    private static int number(String text) {
        try {
            var number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("--rounds takes a number from 1 on, not '" + text + "'", wrong);
        }
        throw new IllegalArgumentException("--rounds takes a number from 1 on, not '" + text + "'");
    }
}
