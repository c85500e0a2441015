package io.berth.core.run;

import io.berth.core.plan.Ref;
import java.util.Map;

/** What a step found out, as the journal keeps it. Immutable. */
public record Outputs(Map<String, String> values) {
    public static final Outputs NONE = new Outputs(Map.of());

    public Outputs {
        values = Map.copyOf(values);
    }

    public static <T> Outputs of(Ref.Type<T> type, T value) {
        return new Outputs(Map.of(type.output(), type.format(value)));
    }
}
