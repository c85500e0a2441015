package io.berth.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is at the other end of the two output streams.
 *
 * @param output standard output goes to a terminal: colours are welcome
 * @param errors standard error goes to a terminal: so is a moving progress bar
 * @param columns its width in characters, 20 or more
 */
public record Terminal(boolean output, boolean errors, int columns) {
    /** The standard streams, as the kernel numbers them. */
    public static final int INPUT = 0;

    public static final int OUTPUT = 1;
    public static final int ERRORS = 2;

    private static final int USUAL = 80;
    private static final int LEAST = 20;

    /** Not one at all. */
    public static final Terminal NONE = new Terminal(false, false, USUAL);

    /** Asks the kernel: a console object would need standard input to be a terminal too. */
    public static Terminal ofThisProcess(Map<String, String> environment) {
        var plain = environment.containsKey("NO_COLOR")
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(!plain && isTerminal(OUTPUT), !plain && isTerminal(ERRORS), columns(environment));
    }

    private static int columns(Map<String, String> environment) {
        try {
            return Math.max(LEAST, Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException notExported) {
            return USUAL;
        }
    }

    /** Whether that standard stream of this process goes to one. */
    public static boolean isTerminal(int descriptor) {
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException closed) {
            return false;
        }
    }
}
