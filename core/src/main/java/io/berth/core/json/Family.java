package io.berth.core.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the records of a sealed family, told apart by the word of its kind: {@code attach-volume}.
 *
 * @param kinds the records by that word
 */
public record Family<T>(Class<T> type, Map<String, Class<? extends T>> kinds, Shapes shapes) implements Shape<T> {
    private static final String KIND = "kind";

    static <T> Family<T> of(Class<T> type, Shapes shapes) {
        return new Family<>(
                type,
                records(type).collect(Collectors.toUnmodifiableMap(Family::word, kind -> kind.asSubclass(type))),
                shapes);
    }

    private static Stream<Class<?>> records(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? records(kind) : Stream.of(kind));
    }

    private static String word(Class<?> kind) {
        return Names.split(kind.getSimpleName(), '-');
    }

    @Override
    public Map<String, Object> write(T value) {
        var object = new LinkedHashMap<String, Object>();
        object.put(KIND, word(value.getClass()));
        object.putAll(written(value));
        return object;
    }

    /** All kinds are records. */
    @SuppressWarnings("unchecked")
    private <R> Map<String, Object> written(R value) {
        return ((Fields<R>) shapes.of((Class<R>) value.getClass())).write(value);
    }

    @Override
    public T read(Object json, String where) {
        if (!(json instanceof Map<?, ?> object)) {
            throw BadJson.notA(where, "object");
        }
        var kind = kinds.get(String.valueOf(object.get(KIND)));
        if (kind == null) {
            throw BadJson.noSuchWord(
                    where.isEmpty() ? KIND : where + "." + KIND,
                    kinds.keySet().stream().sorted().toList());
        }
        var rest = new LinkedHashMap<Object, Object>(object);
        rest.remove(KIND);
        return shapes.of(kind).read(rest, where);
    }
}
