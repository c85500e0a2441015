package io.berth.engine;

import io.berth.driver.HostRef;
import java.util.List;

/** What a look at a host found. */
public record HostCheck(HostRef host, List<Finding> findings) {
    public HostCheck {
        findings = List.copyOf(findings);
    }

    public boolean isGood() {
        return findings.stream().allMatch(Finding::isGood);
    }
}
