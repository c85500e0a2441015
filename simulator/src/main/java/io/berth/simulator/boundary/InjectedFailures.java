package io.berth.simulator.boundary;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/** What a caller hears of a call that something was made to go wrong with. */
public final class InjectedFailures {
    private InjectedFailures() {}

    /** An error, whether it was done or not. */
    public static Failure failed(Site site) {
        var kind = switch (site.kind()) {
            case CHANGE, MIDDLE -> FailureKind.HYPERVISOR;
            case LOOK, JOURNAL -> FailureKind.ENVIRONMENT;
        };
        var code = site.kind() == Site.Kind.JOURNAL ? "journal.full" : "injected.failed";
        return Failure.of(kind, code, site.what() + " failed")
                .next("this is only a simulation")
                .build();
    }

    /** Nothing: the answer is lost. */
    public static Failure unheard(Site site) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "injected.lost", "no answer to " + site.what())
                .next("this is only a simulation")
                .build();
    }
}
