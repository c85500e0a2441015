package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.core.plan.Plan;
import io.berth.core.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What becomes of the directories of a VM that was ended. */
final class EndedHomes {
    private EndedHomes() {}

    /** A line for each that outlives its VM. */
    static List<String> kept(Plan plan) {
        return plan.all()
                .flatMap(step -> step instanceof Step.KeepDirectory keep ? Stream.of(keep) : Stream.empty())
                .map(keep ->
                        Cells.text(plan.vm().name()) + ": directory " + keep.directory() + " stays on " + keep.where())
                .toList();
    }

    static List<Object> json(Plan plan) {
        return plan.all().flatMap(EndedHomes::json).toList();
    }

    private static Stream<Object> json(Step step) {
        return switch (step) {
            case Step.KeepDirectory keep ->
                Stream.of(Map.of(
                        "directory",
                        keep.directory().toString(),
                        "host",
                        keep.where().name(),
                        "kept",
                        true));
            case Step.DeleteDirectory delete ->
                Stream.of(Map.of(
                        "directory",
                        delete.directory().toString(),
                        "host",
                        delete.at().name(),
                        "kept",
                        false));
            default -> Stream.empty();
        };
    }
}
