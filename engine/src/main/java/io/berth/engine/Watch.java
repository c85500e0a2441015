package io.berth.engine;

import io.berth.driver.Cancellation;
import java.util.function.Consumer;

/**
 * What a caller keeps in hand while an operation runs.
 *
 * @param events hears the news, from any thread, one at a time for each operation; what it throws is ignored
 * @param cancellation asks to stop
 */
public record Watch(Consumer<EngineEvent> events, Cancellation cancellation) {
    /** Neither hears nor stops. */
    public static Watch none() {
        return new Watch(event -> {}, Cancellation.never());
    }
}
