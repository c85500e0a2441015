package io.berth.engine.wire;

import io.berth.core.json.Names;
import io.berth.driver.Failure;
import io.berth.engine.EngineEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A message in the stream of a task's events, named by its record: {@code step-begins}. The last one is {@link Ended} or
 * {@link Refused}.
 */
public sealed interface News {
    /** What the façade itself tells. */
    record Happened(EngineEvent event) implements News {}

    /** Older news are gone. */
    record Missed() implements News {}

    /** @param result of the kind's shape */
    record Ended(Object result) implements News {}

    record Refused(Failure failure) implements News {}

    /** Whether nothing follows. */
    default boolean isLast() {
        return this instanceof Ended || this instanceof Refused;
    }

    default String name() {
        return name(this instanceof Happened(var event) ? event.getClass() : getClass());
    }

    /** Its data. */
    default Object json() {
        return switch (this) {
            case Happened(var event) -> write(event);
            case Missed missed -> write(missed);
            case Ended ended -> write(ended);
            case Refused refused -> write(refused);
        };
    }

    /** Empty for news of a kind that this version doesn't know. */
    static Optional<News> read(String name, Object json) {
        return Optional.ofNullable(Kinds.BY_NAME.get(name)).map(kind -> kind.apply(json));
    }

    @SuppressWarnings("unchecked")
    private static <R> Object write(R record) {
        return WireShapes.of((Class<R>) record.getClass()).write(record);
    }

    private static String name(Class<?> type) {
        return Names.split(type.getSimpleName(), '-');
    }

    /** How each kind is read. */
    final class Kinds {
        private static final Map<String, Function<Object, News>> BY_NAME = Arrays.stream(
                        new Class<?>[] {EngineEvent.class, News.class})
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .filter(type -> type != Happened.class)
                .collect(Collectors.toUnmodifiableMap(
                        News::name, type -> json -> news(WireShapes.of(type).read(json, ""))));

        private Kinds() {}

        private static News news(Object read) {
            return read instanceof EngineEvent event ? new Happened(event) : (News) read;
        }
    }
}
