package io.berth.core.run;

import io.berth.driver.Failure;

/** Ends a run at once, with nothing written and nothing touched: another engine owns the VM now. */
final class TakenOver extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Failure failure;

    TakenOver(Failure failure) {
        super(failure);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
