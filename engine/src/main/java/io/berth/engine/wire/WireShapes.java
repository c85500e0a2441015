package io.berth.engine.wire;

import io.berth.core.json.Shape;
import io.berth.core.json.Shapes;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.engine.Found;
import java.util.List;
import java.util.Map;

/** How the façade's values look between programs. Thread-safe. */
public final class WireShapes {
    private static final Shapes SHAPES =
            new Shapes(Map.of(Failure.class, FailureFields::shape, Plan.class, PlanFields::shape));

    private WireShapes() {}

    /** @throws IllegalArgumentException for a type that nothing of the façade has */
    public static <T> Shape<T> of(Class<T> type) {
        return SHAPES.of(type);
    }

    static <T> Shape<List<T>> listOf(Class<T> type) {
        return SHAPES.listOf(type);
    }

    static <T> Shape<Found<T>> foundOf(Class<T> type) {
        return SHAPES.of(Found.class, type);
    }
}
