package io.berth.core.operation;

import io.berth.driver.OperationId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** Fresh operation names that sort by time: nine characters of milliseconds, nine of chance. Thread-safe. */
public final class OperationIds implements Supplier<OperationId> {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int HALF = 9;
    private static final int BITS = 5;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public OperationIds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public OperationId get() {
        return new OperationId(encode(clock.millis()) + encode(random.nextLong()));
    }

    private static String encode(long value) {
        var text = new char[HALF];
        var rest = value;
        for (var i = HALF - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (rest & ((1 << BITS) - 1)));
            rest >>>= BITS;
        }
        return new String(text);
    }
}
