package io.berth.simulator.proof;

import io.berth.simulator.FaultMatrixReport;
import java.util.Map;
import java.util.stream.Collectors;

/** A proof's numbers, on one page. */
final class Page {
    private static final int WIDTH = 100;
    private static final String INDENT = " ".repeat(26);

    private final StringBuilder text = new StringBuilder();

    private Page() {}

    static String of(Proof proof) {
        return new Page().write(proof);
    }

    private String write(Proof proof) {
        var faults = proof.faults();
        var pairs = proof.pairs();
        var histories = proof.histories();
        line("seed", String.valueOf(proof.seed()));
        line("took", proof.time().toSeconds() + " s on " + Runtime.getRuntime().availableProcessors() + " processors");
        line(
                "single faults",
                faults.runs() + " runs, " + FaultMatrixReport.faults() + " kinds of faults, violations "
                        + faults.violations());
        line("  positions struck", faults.positionsCovered() + " of " + faults.positions());
        line("pairs of faults", pairs.runs() + " runs, violations " + pairs.violations());
        line(
                "faults in fleets",
                proof.fleets().runs() + " runs at " + proof.fleets().positions() + " positions, violations "
                        + proof.fleets().violations());
        line("mutations caught", faults.mutationsCaught() + " of " + faults.mutations() + " by single faults");
        line(
                "",
                (faults.mutations() - proof.missedByHistories().size()) + " of " + faults.mutations() + " by histories"
                        + missed(proof));
        line(
                "histories",
                histories.histories() + " with three engines that serve four requests at once; violations "
                        + histories.violations());
        line("  steps", String.valueOf(histories.steps()));
        line("  asked", list(histories.asked()));
        line("  ended", list(histories.ended()));
        line("  faults", list(histories.faults()));
        line("", "");
        line(proof.holds() ? "The promise holds." : "THE PROMISE IS BROKEN.", "");
        return text.toString();
    }

    private static String missed(Proof proof) {
        return proof.missedByHistories().isEmpty()
                ? ""
                : proof.missedByHistories().stream().map(Enum::name).collect(Collectors.joining(", ", ", not ", ""));
    }

    private static String list(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Long ones are wrapped at spaces. */
    private void line(String name, String value) {
        text.append((name + INDENT).substring(0, Math.max(INDENT.length(), name.length())));
        var column = INDENT.length();
        for (var word : value.split(" ", -1)) {
            if (column + word.length() > WIDTH) {
                text.append('\n').append(INDENT);
                column = INDENT.length();
            }
            text.append(word).append(' ');
            column += word.length() + 1;
        }
        text.setLength(text.toString().stripTrailing().length());
        text.append('\n');
    }
}
