package io.berth.core.run;

import io.berth.core.plan.Ref;
import java.util.HashMap;
import java.util.Map;

/** What a step found out, as the journal keeps it. Immutable. */
public record Outputs(Map<String, String> values) {
    public static final Outputs NONE = new Outputs(Map.of());

    /** No step declares it: whatever stands under it, it is there or it isn't. */
    private static final String MEMORY_LOST = "memory-lost";

    public Outputs {
        values = Map.copyOf(values);
    }

    public static <T> Outputs of(Ref.Type<T> type, T value) {
        return new Outputs(Map.of(type.output(), type.format(value)));
    }

    /** With the mark that the guest's memory was gone by then: who goes on with the operation has to know it. */
    Outputs withMemoryLost() {
        var all = new HashMap<>(values);
        all.put(MEMORY_LOST, "");
        return new Outputs(all);
    }

    /** Whether the guest's memory was known to be gone when the step ended. */
    public boolean tellMemoryLost() {
        return values.containsKey(MEMORY_LOST);
    }
}
