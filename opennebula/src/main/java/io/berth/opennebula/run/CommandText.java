package io.berth.opennebula.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the stock driver spells a command in its log, so that what people search for is found. Only for reading: no shell
 * ever sees it.
 */
final class CommandText {
    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_\\-.,:+/@\n]");

    private CommandText() {}

    /** A script of hypervisor or network. */
    static String quoted(String program, List<String> quoted, List<String> plain) {
        var words = new ArrayList<>(List.of(program));
        quoted.forEach(word -> words.add("'" + word + "'"));
        words.addAll(plain);
        return String.join(" ", words);
    }

    /** The same when it runs on a host. */
    static String onHost(String command) {
        return "cat << 'EOT' | " + command;
    }

    /** A request that is a single script on a host. */
    static String single(String program, List<String> words) {
        var command = program + " " + String.join(" ", words);
        return "'if [ -x \"" + program + "\" ]; then " + command + "; else" + " ".repeat(30) + "exit 42; fi'";
    }

    /** A script of storage or backup. */
    static String escaped(String program, List<String> words) {
        return words.stream()
                .map(word -> word.isEmpty()
                        ? "''"
                        : SPECIAL.matcher(word).replaceAll(match -> Matcher.quoteReplacement("\\" + match.group())))
                .collect(Collectors.joining(" ", program + " ", ""));
    }
}
