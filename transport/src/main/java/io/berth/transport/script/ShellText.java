package io.berth.transport.script;

import java.util.ArrayList;
import java.util.List;

/** The one place where a line for a shell is made. */
final class ShellText {
    private ShellText() {}

    /**
     * The text as one word of any POSIX shell. Nothing is special between apostrophes but the apostrophe.
     *
     * @throws IllegalArgumentException for a NUL, which no argument list can hold
     */
    static String word(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL in an argument");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static String words(String first, List<String> others) {
        var words = new ArrayList<>(List.of(word(first)));
        others.forEach(other -> words.add(word(other)));
        return String.join(" ", words);
    }
}
