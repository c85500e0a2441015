package io.berth.opennebula.standin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a script did when it was recorded, as far as the driver's lines tell. */
record Behaviour(int exitCode, String output, String complaint) {
    private static final Pattern LOG = Pattern.compile("LOG ([EIWD]) (-?\\d+) ?(.*)");
    private static final Pattern OPERATION = Pattern.compile(
            "(?:Successfully|Failed to) execute (virtualization|network|transfer manager|datastore) driver operation: (.*)\\.");
    private static final Pattern EXIT = Pattern.compile("ExitCode: (-?\\d+)");
    private static final Pattern FAILED = Pattern.compile("Command execution fail(?:ed)? \\(exit code: (\\d+)\\): .*");

    /** By the name of the step, {@code save} or {@code tm_context}; a request that is one script has the name "". */
    static Map<String, Behaviour> of(Recording.Exchange exchange) {
        var behaviours = new HashMap<String, Behaviour>();
        if (!exchange.wasAnswered()) {
            return behaviours;
        }
        var info = exchange.reply().split(" ", 4)[3];
        var pending = new ArrayList<String>();
        // A failing script's lines stand before those of the steps that its failure leads to.
        var ended = new ArrayList<List<String>>();
        for (var line : exchange.answers().subList(0, exchange.answers().size() - 1)) {
            var log = LOG.matcher(line);
            if (!log.matches()) {
                throw new IllegalStateException("not a log line: " + line);
            }
            var operation = OPERATION.matcher(log.group(3));
            if (EXIT.matcher(log.group(3)).matches()) {
                pending.add(log.group(3));
                ended.add(List.copyOf(pending));
                pending.clear();
            } else if (operation.matches()) {
                var lines = operation.group(1).equals("virtualization") ? ended.removeLast() : List.copyOf(pending);
                if (!operation.group(1).equals("virtualization")) {
                    pending.clear();
                }
                behaviours.put(operation.group(2), of(lines, info));
            } else {
                pending.add(log.group(2).equals("-1") ? "INFO: " + log.group(3) : log.group(3));
            }
        }
        if (behaviours.isEmpty()) {
            behaviours.put("", of(pending, info));
        }
        return behaviours;
    }

    private static Behaviour of(List<String> lines, String info) {
        var code = 0;
        var complaint = new StringBuilder();
        for (var line : lines) {
            var exit = EXIT.matcher(line);
            var failed = FAILED.matcher(line);
            if (exit.matches()) {
                code = Integer.parseInt(exit.group(1));
            } else if (failed.matches()) {
                code = Integer.parseInt(failed.group(1));
            } else {
                complaint.append(line).append('\n');
            }
        }
        return new Behaviour(
                code, info.isBlank() || info.equals("-") || code != 0 ? "" : info + "\n", complaint.toString());
    }
}
