package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.cli.output.Column;
import io.berth.cli.output.JsonField;
import io.berth.cli.output.Listing;
import io.berth.cli.output.Style;
import io.berth.driver.Failure;
import io.berth.engine.Finding;
import java.util.List;

/** How findings are listed. What is wrong with one, and how to mend it, follows on standard error. */
final class FindingListing {
    static final Listing<Finding> LISTING = new Listing<>(
            List.of(
                    Column.of("SUBJECT", "What was looked at.", finding -> Cells.text(finding.subject())),
                    Column.state(
                            "STAT",
                            "`good` or `bad`.",
                            finding -> finding.isGood() ? "good" : "bad",
                            finding -> finding.isGood() ? Style.GOOD : Style.BAD),
                    Column.of("TEXT", "What was seen, or what is wrong.", finding -> Cells.text(text(finding))),
                    Column.of("CODE", "Of what is wrong.", finding -> Cells.text(code(finding)))),
            3,
            List.of(
                    new JsonField<>("subject", "what was looked at", Finding::subject),
                    new JsonField<>("good", "whether nothing is wrong with it", Finding::isGood),
                    new JsonField<>("text", "what was seen; empty in trouble", Finding::text),
                    new JsonField<>(
                            "code",
                            "of what is wrong, or null",
                            finding -> finding.trouble().map(Failure::code).orElse(null)),
                    new JsonField<>(
                            "trouble",
                            "what is wrong and why, or null",
                            finding ->
                                    finding.trouble().map(Failure::getMessage).orElse(null)),
                    new JsonField<>(
                            "next",
                            "how to mend it, or null",
                            finding -> finding.trouble().map(Failure::next).orElse(null))));

    private FindingListing() {}

    /** Prints them all; the exit code says whether one is in trouble, and whether recovery has something to do. */
    static ExitCode print(Invocation invocation, List<Finding> findings) {
        ListCommand.print(invocation, LISTING, findings);
        var troubles =
                findings.stream().flatMap(finding -> finding.trouble().stream()).toList();
        troubles.forEach(invocation.session()::complain);
        if (troubles.isEmpty()) {
            return ExitCode.DONE;
        }
        return troubles.stream().anyMatch(Failure::isUnknownOutcome) ? ExitCode.UNKNOWN : ExitCode.ENVIRONMENT;
    }

    private static String text(Finding finding) {
        return finding.trouble().map(Failure::what).orElse(finding.text());
    }

    private static String code(Finding finding) {
        return finding.trouble().map(Failure::code).orElse("");
    }
}
