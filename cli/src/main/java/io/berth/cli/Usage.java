package io.berth.cli;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;

/** A command line that can't be meant like this. */
final class Usage {
    private Usage() {}

    static Failure wrong(String what, String next) {
        return Failure.of(FailureKind.CALLER, "usage.wrong", Printable.line(what))
                .next(next)
                .build();
    }
}
