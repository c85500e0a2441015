package io.berth.opennebula.run;

import io.berth.opennebula.line.Outgoing;
import io.berth.opennebula.line.Severity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a script wrote to its error output, as OpenNebula reads it: lines that begin with {@code ERROR:} and the like are
 * meant for the log, the rest is the reason of a failure.
 */
record Complaint(String text) {
    /** A line for a log; with a number for the log of the VM with that id. */
    private static final Pattern LOGGED = Pattern.compile("(ERROR|INFO|WARN|DEBUG):\\s+(\\d{1,9}(?!\\d))?\\s*(.*)");

    private static final Pattern SEVERE = Pattern.compile("(ERROR|DEBUG|INFO):(.*)");
    private static final Pattern EXIT = Pattern.compile("ExitCode: -?\\d+");

    /** The whole of it for the VM's log. */
    List<Outgoing> forVm(int vm) {
        return text.strip().lines().map(line -> forVm(vm, line)).toList();
    }

    private static Outgoing forVm(int vm, String line) {
        var match = SEVERE.matcher(line);
        return match.matches()
                ? new Outgoing.Log(severity(match.group(1)), vm, match.group(2).strip())
                : new Outgoing.Log(Severity.INFO, vm, line.strip());
    }

    /** The lines that were meant for a log, for the log they were meant for. */
    List<Outgoing> asMeant() {
        return text.lines()
                .map(LOGGED::matcher)
                .filter(match -> match.matches())
                .<Outgoing>map(match -> new Outgoing.Log(
                        severity(match.group(1)),
                        Optional.ofNullable(match.group(2))
                                .map(Integer::parseInt)
                                .orElse(Outgoing.GLOBAL),
                        match.group(3).strip()))
                .toList();
    }

    /**
     * Why a script failed: what wasn't meant for the log. A script that only logs its error gave no other reason: stock
     * shows none then, which leaves the user without; here it is the logged error.
     */
    String reason() {
        var plain = text.lines().filter(line -> !LOGGED.matcher(line).matches()).toList();
        var nothing = plain.stream()
                .allMatch(line -> line.isBlank() || EXIT.matcher(line).matches());
        var errors = nothing ? errors().toList() : List.<String>of();
        if (!errors.isEmpty()) {
            return String.join(" ", errors);
        }
        var joined = String.join("", plain);
        return joined.isBlank() ? "-" : joined;
    }

    private Stream<String> errors() {
        return text.lines()
                .map(SEVERE::matcher)
                .filter(match -> match.matches() && match.group(1).equals("ERROR"))
                .map(match -> match.group(2).strip());
    }

    private static Severity severity(String word) {
        return switch (word) {
            case "ERROR" -> Severity.ERROR;
            case "WARN" -> Severity.WARNING;
            case "DEBUG" -> Severity.DEBUG;
            default -> Severity.INFO;
        };
    }
}
