package io.berth.cli;

import java.io.PrintStream;

/** Entry point of the {@code berth} command. */
public final class Main {

    private static final int SUCCESS = 0;
    private static final int BAD_USAGE = 2;

    private Main() {}

    /** Runs one command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /**
     * Runs one command line without ending the process.
     *
     * @return the exit code: 0 when it succeeded, 2 when the command line makes no sense
     */
    static int run(PrintStream output, PrintStream errors, String... arguments) {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            output.println("Usage: berth [--help] COMMAND");
            return SUCCESS;
        }
        errors.println("berth: unknown command. Run berth --help to see what there is.");
        return BAD_USAGE;
    }
}
