package io.berth.simulator.fault;

import io.berth.simulator.boundary.Site;
import io.berth.simulator.world.Violation;
import java.util.List;

/**
 * What came of one run.
 *
 * @param sites everything that crossed the boundary, by position
 * @param askedCrossings how many of them belong to the operation itself; the rest is recovery's
 * @param struck whether every fault found its call
 * @param story for people, oldest first; empty when all is well and nobody asked for it
 */
public record Outcome(
        Trial trial,
        List<Site> sites,
        int askedCrossings,
        boolean struck,
        List<Violation> violations,
        List<String> story) {
    /** The case, what is wrong, and how it came to that, short enough to be read. */
    public String tale() {
        var text = new StringBuilder(trial.toString()).append('\n');
        violations.forEach(violation -> text.append("  ! ").append(violation).append('\n'));
        story.forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }
}
