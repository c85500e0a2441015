package io.berth.opennebula.line;

import io.berth.driver.Failure;

/** One line to the core. All versions read the same form. */
public sealed interface Outgoing {
    /** The id of nothing in particular: the core writes such a log line into its own log. */
    int GLOBAL = -1;

    /** What the core waits for after {@code INIT}, ten seconds at most. */
    record Ready() implements Outgoing {
        @Override
        public String line() {
            return "INIT SUCCESS - -";
        }
    }

    /**
     * The answer to a request.
     *
     * @param info what the core makes something of (a deploy id), or shows to the user (the reason of a failure)
     */
    record Reply(String action, boolean success, int id, String info) implements Outgoing {
        /** What users see of a failure; the advice is for the log, where there is room. */
        public static Reply refusal(String action, int id, Failure failure) {
            return new Reply(action, false, id, reason(failure));
        }

        /** The same as a reply's info. */
        public static String reason(Failure failure) {
            return failure.what() + (failure.why().isEmpty() ? "" : ": " + failure.why());
        }

        /** The same from a script, in its error output: the reason, whatever the action. */
        public String complaint() {
            return flat(info);
        }

        @Override
        public String line() {
            return action + (success ? " SUCCESS " : " FAILURE ") + id + " " + flat(info);
        }
    }

    /** A line for the log of the VM with that id, or for the core's with {@link #GLOBAL}. */
    record Log(Severity severity, int id, String text) implements Outgoing {
        /** The same from a script, in its error output: the driver that called it makes this line of it. */
        public String complaint() {
            return severity.word() + ": " + id + " " + flat(text);
        }

        @Override
        public String line() {
            return "LOG " + severity.letter() + " " + id + " " + flat(text);
        }
    }

    /** As it goes over the pipe, without its newline. */
    String line();

    /** Line breaks at the end go; what else would end the line, or upset a terminal that shows the log, becomes a blank. */
    private static String flat(String text) {
        var flat = new StringBuilder(text.length());
        text.replaceFirst("[\\r\\n]+$", "")
                .codePoints()
                .forEach(point -> flat.appendCodePoint(Character.isISOControl(point) && point != '\t' ? ' ' : point));
        return flat.toString();
    }
}
