package io.berth.cli.output;

import io.berth.driver.Failure;
import io.berth.driver.Printable;
import java.util.ArrayList;
import java.util.List;

/** A failure for the one who reads it at three in the morning. */
public final class FailureText {
    /** Only bugs have nothing of their own to say here. */
    private static final String REPORT = "Berth itself is wrong here: please report it, with the log";

    private FailureText() {}

    /** What, why, where, with which command, what it said, what to do next, and the code for scripts. */
    public static List<String> lines(Failure failure) {
        var lines = new ArrayList<String>();
        lines.add("berth: " + Printable.line(failure.what()));
        if (!failure.why().isEmpty()) {
            lines.add("  why:     " + Printable.line(failure.why()));
        }
        failure.host().ifPresent(host -> lines.add("  host:    " + host));
        failure.command().ifPresent(command -> lines.add("  command: " + command));
        failure.output().forEach(line -> lines.add("  | " + line));
        lines.add("  code:    " + failure.code());
        var next = failure.next().isEmpty() ? REPORT : failure.next();
        next.lines().findFirst().ifPresent(line -> lines.add("  -> " + line));
        next.lines().skip(1).forEach(lines::add);
        return lines;
    }
}
