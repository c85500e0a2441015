package io.berth.transport.script;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What is said to a shell on a host, and how its answers are told from the script's. Marks nobody can guess stand
 * before and after what the script writes: so a script that began is told from one that didn't, an exit code of the
 * script's from one of ssh's, and the end is known even when a process in the background keeps an output open.
 */
final class RemoteTalk {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MISSING = "missing";

    private final String mark;
    private final Pattern begun;
    private final Pattern ended;

    private RemoteTalk(String mark) {
        this.mark = mark;
        this.begun = Pattern.compile(mark + " begin (\\d+)\n");
        this.ended = Pattern.compile(mark + " end (\\w+)\n");
    }

    static RemoteTalk random() {
        var bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return new RemoteTalk("berth-" + HexFormat.of().formatHex(bytes));
    }

    /**
     * The line for the shell. It is one compound command, so that the shell has read all of it before the first mark is
     * written, and it ends the shell, so that nothing after it is ever taken for a command: the script's input comes
     * after it, once the first mark has been seen.
     */
    String line(ScriptCall call) {
        var command = ShellText.words(call.program(), call.arguments())
                + call.outputFile().map(file -> " >" + ShellText.word(file)).orElse("");
        return "{ printf '%s\\n' '" + mark + " begin'; printf '%s %s\\n' '" + mark + " begin' \"$$\" >&2; "
                + "if [ -x " + ShellText.word(call.program()) + " ]; then " + command
                + "; berth_code=$?; else berth_code="
                + MISSING + "; fi; "
                + "printf '%s %s\\n' '" + mark + " end' \"$berth_code\" >&2; printf '%s\\n' '" + mark
                + " end'; exit; }\n";
    }

    /** A line that tells what the shell of that number started to end. */
    static String endLine(long shell) {
        return "pkill -TERM -P " + shell + "; exit\n";
    }

    /** The shell's process number, once it has begun. */
    OptionalLong begun(String complaint) {
        var match = begun.matcher(complaint);
        return match.find() ? OptionalLong.of(Long.parseLong(match.group(1))) : OptionalLong.empty();
    }

    boolean ended(String outputTail, String complaintTail) {
        return outputTail.contains(mark + " end\n")
                && ended.matcher(complaintTail).find();
    }

    /** The script's exit code; empty when it {@link #wasMissing}, or hasn't ended. */
    OptionalInt code(String complaintTail) {
        return word(complaintTail)
                .filter(word -> !word.equals(MISSING))
                .map(word -> OptionalInt.of(Integer.parseInt(word)))
                .orElse(OptionalInt.empty());
    }

    boolean wasMissing(String complaintTail) {
        return word(complaintTail).filter(MISSING::equals).isPresent();
    }

    private Optional<String> word(String complaintTail) {
        var match = ended.matcher(complaintTail);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    /** What stands between the marks; without the first one everything, since it is ssh then who speaks. */
    String between(String text) {
        var first = mark + " begin";
        var start = text.indexOf(first);
        var from = start < 0 ? 0 : text.indexOf('\n', start) + 1;
        var end = text.indexOf(mark + " end", from);
        return text.substring(from, end < 0 ? text.length() : end);
    }
}
