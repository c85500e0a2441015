package io.berth.engine;

import io.berth.driver.Failure;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What came of looking at one thing.
 *
 * @param subject what was looked at
 * @param text what was seen; empty in trouble
 * @param trouble what is wrong, why, and how to mend it
 */
public record Finding(String subject, String text, Optional<Failure> trouble) {
    public static Finding good(String subject, String text) {
        return new Finding(subject, text, Optional.empty());
    }

    public static Finding trouble(String subject, Failure trouble) {
        return new Finding(subject, "", Optional.of(trouble));
    }

    /** @param question answers what is seen, or throws what is wrong */
    public static Finding of(String subject, Supplier<String> question) {
        try {
            return good(subject, question.get());
        } catch (Failure failure) {
            return trouble(subject, failure);
        }
    }

    /** The same of a thing that belongs to another: {@code host h1 clock}. */
    public Finding in(String place) {
        return new Finding(place + " " + subject, text, trouble);
    }

    public boolean isGood() {
        return trouble.isEmpty();
    }
}
