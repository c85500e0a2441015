package io.berth.engine;

import java.util.List;

/**
 * What came of trying a datastore out.
 *
 * @param findings its room, each host's connection, then each step of each host's rehearsal in order
 */
public record DatastoreCheck(String datastore, List<Finding> findings) {
    public DatastoreCheck {
        findings = List.copyOf(findings);
    }

    public boolean isGood() {
        return findings.stream().allMatch(Finding::isGood);
    }
}
