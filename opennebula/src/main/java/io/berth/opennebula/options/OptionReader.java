package io.berth.opennebula.options;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads a driver's arguments as GNU programs do: options and other words in any order, {@code -t 15}, {@code -t15},
 * {@code --threads 15}, {@code --threads=15}, {@code -pt 15}, {@code --thr 15}, and after {@code --} no options.
 */
final class OptionReader {
    /** What OpenNebula's own drivers work on at once. */
    static final int USUAL_THREADS = 15;

    private static final int MOST = 100_000;

    private final List<Option> known;
    private final Map<Option, String> values = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    OptionReader(List<Option> known) {
        this.known = List.copyOf(known);
    }

    /**
     * What was said.
     *
     * @param values by long name, the last one where an option was given twice; empty for an option without a value
     * @param words that aren't options
     */
    record Said(Map<String, String> values, List<String> words) {
        /**
         * An option's number.
         *
         * @param otherwise when it isn't given, or without a number
         * @throws Failure {@code mad.arguments}
         */
        int number(String option, int least, int otherwise) {
            var text = values.getOrDefault(option, "");
            if (text.isEmpty()) {
                return otherwise;
            }
            if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > MOST) {
                throw wrong("--" + option + " takes a number from " + least + " to " + MOST + ", not '"
                        + Printable.line(text) + "'");
            }
            return Integer.parseInt(text);
        }
    }

    /**
     * The core hands over all arguments in one piece, wrappers may have split them already: both come to the same.
     *
     * @throws Failure {@code mad.arguments}
     */
    Said read(List<String> arguments) {
        var left = new ArrayDeque<String>();
        for (var argument : arguments) {
            for (var word : argument.strip().split("\\s+")) {
                if (!word.isEmpty()) {
                    left.add(word);
                }
            }
        }
        while (!left.isEmpty()) {
            var word = left.poll();
            if (word.equals("--")) {
                words.addAll(left);
                left.clear();
            } else if (word.startsWith("--")) {
                readLong(word.substring(2), left);
            } else if (word.startsWith("-") && word.length() > 1) {
                readLetters(word.substring(1), left);
            } else {
                words.add(word);
            }
        }
        var said = new LinkedHashMap<String, String>();
        values.forEach((option, value) -> said.put(option.word(), value));
        return new Said(said, List.copyOf(words));
    }

    private void readLong(String text, Deque<String> left) {
        var equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        var exact = known.stream().filter(option -> option.word().equals(name)).toList();
        var option = exact.isEmpty() ? one(it -> it.word().startsWith(name), "--" + name) : exact.getFirst();
        if (equals < 0) {
            values.put(option, following(option, "--" + name, left));
        } else if (option.value() == Option.Value.NONE) {
            throw wrong("--" + option.word() + " takes no value");
        } else {
            values.put(option, text.substring(equals + 1));
        }
    }

    private void readLetters(String letters, Deque<String> left) {
        for (var i = 0; i < letters.length(); i++) {
            var letter = letters.charAt(i);
            var option = one(it -> it.letter() == letter, "-" + letter);
            if (option.value() != Option.Value.NONE && i + 1 < letters.length()) {
                values.put(option, letters.substring(i + 1));
                return;
            }
            values.put(option, following(option, "-" + letter, left));
        }
    }

    private static String following(Option option, String shown, Deque<String> left) {
        return switch (option.value()) {
            case NONE -> "";
            case MAYBE -> {
                var next = left.peek();
                yield next == null || next.startsWith("-") && next.length() > 1 ? "" : left.remove();
            }
            case NEEDED -> {
                if (left.isEmpty()) {
                    throw wrong(shown + " needs a value");
                }
                yield left.remove();
            }
        };
    }

    private Option one(Predicate<Option> matches, String shown) {
        var options = known.stream().filter(matches).toList();
        if (options.size() != 1) {
            throw wrong(Printable.line(shown) + (options.isEmpty() ? " is not known" : " is ambiguous"));
        }
        return options.getFirst();
    }

    static Failure wrong(String why) {
        return Failure.of(FailureKind.CALLER, "mad.arguments", "the driver's arguments can't be read")
                .why(why)
                .next("look at ARGUMENTS of the driver in oned.conf")
                .build();
    }
}
