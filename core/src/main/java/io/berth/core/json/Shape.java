package io.berth.core.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How values of one type look in JSON. A closed family, so that what is written about the interface can be compared with
 * what it does.
 *
 * <p>JSON is a tree of {@link Map}, {@link List}, {@link String}, {@link Long} and {@link Boolean}. There is no null in
 * it: what isn't there is left out. Immutable and thread-safe.
 */
public sealed interface Shape<T>
        permits Fields,
                Family,
                Shape.Scalar,
                Shape.Words,
                Shape.Items,
                Shape.Maybe,
                Shape.Texts,
                Shape.Opaque,
                Shape.Mapped {
    Object write(T value);

    /**
     * @param where it stands, for whoever wrote it: {@code save.vm}
     * @throws io.berth.driver.Failure {@code request.bad} (CALLER)
     */
    T read(Object json, String where);

    /** What counts when it is left out; empty: it must be there. */
    default Optional<T> absent() {
        return Optional.empty();
    }

    /** What JSON itself tells apart. */
    enum Type {
        STRING,
        INTEGER,
        BOOLEAN
    }

    /**
     * One value without parts.
     *
     * @param form of a text, as OpenAPI names it: {@code uuid}; may be empty
     * @param parser takes the text; an {@link IllegalArgumentException} or a failure says that it is wrong
     * @param absent what counts when it is left out
     */
    record Scalar<T>(Type type, String form, Function<T, Object> writer, Function<String, T> parser, Optional<T> absent)
            implements Shape<T> {
        @Override
        public Object write(T value) {
            return writer.apply(value);
        }

        @Override
        public T read(Object json, String where) {
            var fits = switch (type) {
                case STRING -> json instanceof String;
                case INTEGER -> json instanceof Long;
                case BOOLEAN -> json instanceof Boolean;
            };
            if (!fits) {
                throw BadJson.wrongType(where, type);
            }
            return BadJson.at(where, () -> parser.apply(json.toString()));
        }
    }

    /** One of some words: the constant's name in lower case. */
    record Words<E extends Enum<E>>(Class<E> type) implements Shape<E> {
        @Override
        public Object write(E value) {
            return word(value);
        }

        @Override
        public E read(Object json, String where) {
            for (var value : type.getEnumConstants()) {
                if (word(value).equals(json)) {
                    return value;
                }
            }
            throw BadJson.noSuchWord(where, words());
        }

        public List<String> words() {
            return List.of(type.getEnumConstants()).stream().map(Words::word).toList();
        }

        private static String word(Enum<?> value) {
            return Names.lower(value.name());
        }
    }

    /** Several values; none when left out. */
    record Items<T, C extends Collection<T>>(Shape<T> item, Function<List<T>, C> collector) implements Shape<C> {
        @Override
        public Object write(C value) {
            return value.stream().map(item::write).toList();
        }

        @Override
        public C read(Object json, String where) {
            if (!(json instanceof List<?> list)) {
                throw BadJson.notA(where, "list");
            }
            return collector.apply(
                    list.stream().map(each -> item.read(each, where + "[]")).toList());
        }

        @Override
        public Optional<C> absent() {
            return Optional.of(collector.apply(List.of()));
        }
    }

    /** A value that may be left out. */
    record Maybe<T>(Shape<T> value) implements Shape<Optional<T>> {
        /** Only asked for what is there: the fields around it leave out the rest. */
        @Override
        public Object write(Optional<T> found) {
            return value.write(found.orElseThrow());
        }

        @Override
        public Optional<T> read(Object json, String where) {
            return Optional.of(value.read(json, where));
        }

        @Override
        public Optional<Optional<T>> absent() {
            return Optional.of(Optional.empty());
        }
    }

    /** Texts by name. */
    record Texts() implements Shape<Map<String, String>> {
        @Override
        public Object write(Map<String, String> value) {
            return value;
        }

        @Override
        public Map<String, String> read(Object json, String where) {
            if (!(json instanceof Map<?, ?> map)) {
                throw BadJson.notA(where, "object");
            }
            var texts = new LinkedHashMap<String, String>();
            map.forEach((name, value) -> {
                if (!(value instanceof String text)) {
                    throw BadJson.wrongType(where + "." + name, Type.STRING);
                }
                texts.put(String.valueOf(name), text);
            });
            return Map.copyOf(texts);
        }

        @Override
        public Optional<Map<String, String>> absent() {
            return Optional.of(Map.of());
        }
    }

    /** Some JSON that only Berth itself reads. */
    record Opaque() implements Shape<Object> {
        @Override
        public Object write(Object value) {
            return value;
        }

        @Override
        public Object read(Object json, String where) {
            return json;
        }
    }

    /** A value that is written as another one. */
    record Mapped<T, S>(Shape<S> as, Function<T, S> to, Function<S, T> from) implements Shape<T> {
        @Override
        public Object write(T value) {
            return as.write(to.apply(value));
        }

        @Override
        public T read(Object json, String where) {
            var read = as.read(json, where);
            return BadJson.at(where, () -> from.apply(read));
        }
    }
}
