package io.berth.tck;

import io.berth.driver.Failure;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A failure that has to come, as every failure has to be. */
final class Refusals {
    private Refusals() {}

    /** The failure; it says what happened and what to do next. */
    static Failure refusal(ThrowingCallable attempt) {
        var failure = Assertions.catchThrowableOfType(Failure.class, attempt);
        Assertions.assertThat(failure).as("a failure that should have come").isNotNull();
        Assertions.assertThat(failure.next())
                .as("what to do next after: %s", failure)
                .isNotBlank();
        Assertions.assertThat(failure.what())
                .as("what happened in: %s", failure)
                .isNotBlank();
        return failure;
    }
}
