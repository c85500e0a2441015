package io.berth.engine;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.util.List;
import java.util.Optional;

/** What a look at a host found. */
public record HostCheck(HostRef host, List<Finding> findings) {
    public HostCheck {
        findings = List.copyOf(findings);
    }

    public boolean isGood() {
        return findings.stream().allMatch(finding -> finding.trouble().isEmpty());
    }

    /**
     * @param subject what was looked at
     * @param text what was seen; empty in trouble
     */
    public record Finding(String subject, String text, Optional<Failure> trouble) {}
}
