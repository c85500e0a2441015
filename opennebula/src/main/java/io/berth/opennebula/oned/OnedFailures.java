package io.berth.opennebula.oned;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/** What the failures of this package have in common. */
final class OnedFailures {
    private OnedFailures() {}

    /** The call was sent and no answer came that can be used: one that changes something may have done so. */
    static Failure.Builder withoutOutcome(OnedCall call, String code, String what) {
        return call.changes()
                ? Failure.of(FailureKind.UNKNOWN_OUTCOME, code, what)
                        .next("it may have been done: look with 'onevm show' before anything is repeated")
                : Failure.of(FailureKind.ENVIRONMENT, code, what)
                        .next("look at oned.log, and whether ONE_XMLRPC names OpenNebula's core");
    }
}
