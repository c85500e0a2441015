package io.berth.engine.wire;

import io.berth.core.json.Fields;
import io.berth.core.json.Shape;
import java.util.function.Supplier;

/**
 * A question that is answered at once, or an order that is carried out meanwhile.
 *
 * @param name unique, {@code list-machines}
 * @param asked what it is asked with: components that are gaps of the path go there, others into the query or, where the
 *     method has one, the body
 * @param answered the shape of the answer; only made when it is needed
 */
public record Call<I, O>(String name, Method method, PathTemplate path, Class<I> asked, Supplier<Shape<O>> answered) {

    static <I, O> Call<I, O> of(String name, Method method, String path, Class<I> asked, Supplier<Shape<O>> answered) {
        return new Call<>(name, method, new PathTemplate(path), asked, answered);
    }

    public Fields<I> input() {
        return (Fields<I>) WireShapes.of(asked);
    }
}
