package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.driver.host.HostTransport;
import java.util.function.UnaryOperator;

/**
 * What somebody who measures puts between an engine and its parts. Each gets the real part, which it has to call and to
 * close, and returns what the engine uses instead.
 */
public record Instruments(UnaryOperator<HostTransport> transport, UnaryOperator<Journal> journal) {
    /** Nothing is measured. */
    public static Instruments none() {
        return new Instruments(UnaryOperator.identity(), UnaryOperator.identity());
    }
}
