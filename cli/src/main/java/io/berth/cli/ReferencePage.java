package io.berth.cli;

import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/** The reference page of the command line, made of the commands themselves. */
final class ReferencePage {
    static final String HOW =
            "<!-- Made from the code: `bin/mvn -pl cli -am test -Dberth.docs=write` writes it anew. -->";
    private static final String HEAD = """
            # The command line

            %s

            `berth NOUN VERB [options] [names]`, as OpenNebula's users know it. Without a verb there is help.

            - **Success is silent**; `-v` says what was done. Lists go to standard output, everything else to standard error.
              Colours and progress bars are for terminals only, `NO_COLOR` turns them off.
            - **Several VMs**: `one-3,one-5` and `one-3 one-5`; `one-3..6` means one-3 to one-6, and so does `3..6` alone,
              since that is how OpenNebula names its VMs. A VM whose own name has a comma or `..` is named by its UUID.
              Operations and checkpoints have no numbers, so there are no ranges of them. They are tried one after the
              other; the exit code is the first that isn't 0.
            - **Ctrl-C** (or SIGTERM) cancels: what was begun is undone, or finished if it is past the point of no return, and
              the exit code is 6 or that of the end. A second Ctrl-C doesn't kill it, but says what is being done.
            - **Names are shown on one line**: control characters appear escaped. `--json` has them as they are.
            - **Exit codes**: [exit-codes.md](exit-codes.md). **Error codes**: [errors.md](errors.md).
              **Files**: [configuration.md](configuration.md).

            Options of every command:

            | option | meaning |
            |---|---|
            """.formatted(HOW);

    private ReferencePage() {}

    static String text() {
        var page = new StringBuilder(HEAD);
        Specs.common().forEach(option -> row(page, option));
        page.append("""

                Options of every list:

                | option | meaning |
                |---|---|
                """);
        ListOptions.all().forEach(option -> row(page, option));
        CommandTree.nouns().forEach(noun -> describe(page, noun));
        page.append("\n## Without a noun\n");
        CommandTree.verbs().forEach(verb -> describe(page, "", verb));
        shapes(page);
        return page.toString();
    }

    private static void describe(StringBuilder page, Noun noun) {
        page.append("\n## ")
                .append(noun.name())
                .append("\n\n")
                .append(noun.summary())
                .append('\n');
        noun.verbs().forEach(verb -> describe(page, noun.name() + " ", verb));
    }

    private static void describe(StringBuilder page, String noun, Verb verb) {
        page.append("\n### berth ").append(noun).append(verb.name());
        verb.arguments()
                .forEach(argument -> page.append(' ')
                        .append(argument.paramLabel())
                        .append(argument.arity().max() > 1 ? "..." : ""));
        page.append("\n\n").append(verb.summary());
        verb.details().stream()
                .filter(line -> !line.isEmpty())
                .forEach(line -> page.append('\n').append(line));
        page.append("\n");
        var own = verb.options().stream()
                .filter(option -> !isOfLists(verb, option))
                .toList();
        if (!own.isEmpty()) {
            page.append("\n| option | meaning |\n|---|---|\n");
            own.forEach(option -> row(page, option));
        }
    }

    private static boolean isOfLists(Verb verb, OptionSpec option) {
        var isList = verb.options().stream().anyMatch(each -> each.longestName().equals(ListOptions.LIST));
        return isList
                && ListOptions.all().stream()
                        .anyMatch(each -> each.longestName().equals(option.longestName()));
    }

    private static void row(StringBuilder page, OptionSpec option) {
        var label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        page.append("| `%s%s` | %s |\n"
                .formatted(
                        String.join("`, `", option.names()),
                        label.replace("|", "\\|"),
                        String.join(" ", option.description()).replace("|", "\\|")));
    }

    private static void shapes(StringBuilder page) {
        var clock = InstantSource.system();
        page.append("""

                ## Columns and JSON

                The names and meanings below are stable; fields may be added. Times are ISO 8601 in UTC, sizes in JSON are bytes.
                """);
        shape(page, "host list", HostVerbs.listing());
        shape(page, "vm list", VmListing.at(clock));
        shape(page, "checkpoint list", CheckpointListing.at(clock));
        shape(page, "operation list", OperationListing.at(clock));
        shape(page, "datastore list", DatastoreVerbs.listing());
        shape(page, "host check, datastore check, doctor", FindingListing.LISTING);
        shape(page, "gc", GarbageVerb.listing());
        shape(page, "opennebula explain: hosts", OpenNebulaExplain.hosts());
        shape(page, "opennebula explain: what was left behind", OpenNebulaExplain.leftovers());
        shape(page, "storage test", StorageVerbs.listing());
        shape(page, "host evacuate, vm suspend --all, vm resume --all", FleetListing.LISTING);
        page.append("""

                ### vm suspend, resume, stop, start, migrate and terminate, checkpoint verify, checkpoint delete

                A list with one object for each VM. One that was refused has `state` `refused`, no operation, and
                `exit_code`, `code` and `message`.

                | field | meaning |
                |---|---|
                """);
        fields(page, RunPrinter.FIELDS);
        page.append("""

                ### opennebula explain

                One object.

                | field | meaning |
                |---|---|
                """);
        fields(page, OpenNebulaExplain.FIELDS);
    }

    private static void shape(StringBuilder page, String command, Listing<?> listing) {
        page.append("\n### ").append(command).append("\n\n| column | meaning |\n|---|---|\n");
        for (var index = 0; index < listing.columns().size(); index++) {
            var column = listing.columns().get(index);
            var note = index < listing.usual() ? "" : " (only with `-l`)";
            page.append("| %s | %s%s |\n".formatted(column.name(), column.meaning(), note));
        }
        page.append("\n| field | meaning |\n|---|---|\n");
        fields(page, listing.fields());
    }

    private static <T> void fields(StringBuilder page, List<JsonField<T>> fields) {
        fields.forEach(field -> page.append("| `%s` | %s |\n".formatted(field.name(), field.meaning())));
    }

    /** The page of exit codes. */
    static String exitCodes() {
        var page = new StringBuilder("# Exit codes\n\n").append(HOW).append("""


                The numbers never change. With several VMs it is the first that isn't 0.

                | code | name | what it means | what to do |
                |---|---|---|---|
                """);
        for (var code : List.of(ExitCode.values())) {
            page.append("| %d | %s | %s | %s |\n"
                    .formatted(
                            code.number(),
                            code.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            code.meaning(),
                            code.next()));
        }
        return page.toString();
    }
}
