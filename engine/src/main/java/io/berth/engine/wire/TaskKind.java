package io.berth.engine.wire;

import io.berth.core.json.Fields;
import io.berth.core.json.Shape;
import java.util.function.Supplier;

/**
 * A request that takes its time: it is started, heard of and perhaps cancelled.
 *
 * @param name in the path, {@code suspend}
 * @param request what it is started with
 * @param result what comes of it; only made when it is needed
 * @param isPlanned whether its plan can be looked at first
 */
public record TaskKind<I, R>(String name, Class<I> request, Supplier<Shape<R>> result, boolean isPlanned) {

    public Fields<I> input() {
        return (Fields<I>) WireShapes.of(request);
    }

    public String startPath() {
        return "/v1/requests/" + name;
    }

    /** Only for planned kinds. */
    public String planPath() {
        return "/v1/plans/" + name;
    }
}
