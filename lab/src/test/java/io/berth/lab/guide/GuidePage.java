package io.berth.lab.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of the documentation as its reader would follow it.
 *
 * <p>A fenced block {@code console} holds commands, each behind {@code "$ "}, and below each what it prints; {@code
 * console fails} holds commands that are refused. A fenced block {@code yaml} that begins with {@code # berth.yaml} is
 * the configuration. A comment {@code <!-- lab: words -->} isn't shown to readers: it sets the stage with {@code
 * lab/lab}, and {@code <!-- opennebula -->} makes the reader's machine a front-end. Everything else is only read.
 */
record GuidePage(String name, List<Part> parts) {
    private static final Pattern STAGE = Pattern.compile("<!-- lab: (.*) -->");
    private static final String FRONT_END = "<!-- opennebula -->";
    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";
    private static final String CONFIGURATION = "# berth.yaml";

    /** Something to be done, in the order of the page. */
    sealed interface Part {
        /**
         * @param prints lines that its output must hold in this order; {@code ...} in them stands for anything
         * @param succeeds whether its exit code must be 0, or must not be
         */
        record Command(int line, String text, List<String> prints, boolean succeeds) implements Part {}

        record Configuration(String text) implements Part {}

        record Stage(List<String> words) implements Part {}

        /** From here on the reader is at the front-end of an OpenNebula. */
        record FrontEnd() implements Part {}
    }

    static GuidePage parse(String name, String text) {
        var parts = new ArrayList<Part>();
        var lines = text.lines().toList();
        for (var index = 0; index < lines.size(); index++) {
            var line = lines.get(index);
            var stage = STAGE.matcher(line);
            if (stage.matches()) {
                parts.add(new Part.Stage(List.of(stage.group(1).strip().split(" +"))));
            } else if (line.equals(FRONT_END)) {
                parts.add(new Part.FrontEnd());
            } else if (line.startsWith(FENCE)) {
                var end = end(lines, index + 1);
                parts.addAll(block(line.substring(FENCE.length()).strip(), index + 1, lines.subList(index + 1, end)));
                index = end;
            }
        }
        return new GuidePage(name, List.copyOf(parts));
    }

    private static int end(List<String> lines, int from) {
        for (var index = from; index < lines.size(); index++) {
            if (lines.get(index).startsWith(FENCE)) {
                return index;
            }
        }
        throw new IllegalArgumentException("the block before line " + from + " never ends");
    }

    private static List<Part> block(String kind, int before, List<String> lines) {
        return switch (kind) {
            case "console" -> commands(before, lines, true);
            case "console fails" -> commands(before, lines, false);
            case "yaml" ->
                !lines.isEmpty() && lines.getFirst().strip().equals(CONFIGURATION)
                        ? List.of(new Part.Configuration(String.join("\n", lines) + "\n"))
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Part> commands(int before, List<String> lines, boolean succeeds) {
        var commands = new ArrayList<Part>();
        for (var index = 0; index < lines.size(); ) {
            var line = lines.get(index);
            if (!line.startsWith(PROMPT)) {
                throw new IllegalArgumentException("line " + (before + index + 1) + " is no command and follows none");
            }
            var number = before + index + 1;
            var text = new StringBuilder(withoutRemark(line.substring(PROMPT.length())));
            while (text.toString().endsWith("\\")) {
                index++;
                text.setLength(text.length() - 1);
                text.append(lines.get(index).strip());
            }
            index++;
            var prints = new ArrayList<String>();
            while (index < lines.size() && !lines.get(index).startsWith(PROMPT)) {
                prints.add(lines.get(index));
                index++;
            }
            commands.add(new Part.Command(number, text.toString(), List.copyOf(prints), succeeds));
        }
        return commands;
    }

    /** A shell would leave it out as well, but an error message reads better without. */
    private static String withoutRemark(String command) {
        var remark = command.indexOf("  # ");
        return remark < 0 ? command : command.substring(0, remark).stripTrailing();
    }
}
