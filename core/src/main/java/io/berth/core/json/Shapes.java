package io.berth.core.json;

import io.berth.core.json.Shape.Items;
import io.berth.core.json.Shape.Maybe;
import io.berth.core.json.Shape.Scalar;
import io.berth.core.json.Shape.Texts;
import io.berth.core.json.Shape.Words;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The shapes of Java's types, each made when it is first asked for: a short command needs few. Records, sealed families
 * of records and enums have theirs from what they consist of. Thread-safe.
 */
public final class Shapes {
    private static final Map<Class<?>, Shape<?>> SCALARS = Map.ofEntries(
            Map.entry(String.class, text("", text -> text)),
            Map.entry(Object.class, new Shape.Opaque()),
            Map.entry(UUID.class, text("uuid", UUID::fromString)),
            Map.entry(Instant.class, text("date-time", Instant::parse)),
            Map.entry(Duration.class, text("duration", Duration::parse)),
            Map.entry(HostRef.class, text("", HostRef::new)),
            Map.entry(OperationId.class, text("", OperationId::new)),
            Map.entry(DataSize.class, number("int64", DataSize::bytes, text -> new DataSize(Long.parseLong(text)))),
            Map.entry(long.class, number("int64", number -> number, Long::valueOf)),
            Map.entry(int.class, number("int32", Integer::longValue, Integer::valueOf)),
            Map.entry(Integer.class, number("int32", Integer::longValue, Integer::valueOf)),
            Map.entry(
                    boolean.class,
                    new Scalar<Boolean>(Shape.Type.BOOLEAN, "", flag -> flag, Boolean::valueOf, Optional.of(false))));

    private final Map<Class<?>, Function<Shapes, Shape<?>>> own;
    private final Map<Class<?>, Shape<?>> made = new ConcurrentHashMap<>();

    /** @param own shapes of types that are written otherwise than by what they consist of */
    public Shapes(Map<Class<?>, Function<Shapes, Shape<?>>> own) {
        this.own = Map.copyOf(own);
    }

    /** @throws IllegalArgumentException for a type that has no shape */
    @SuppressWarnings("unchecked")
    public <T> Shape<T> of(Class<T> type) {
        return (Shape<T>) simple(type);
    }

    public <T> Shape<List<T>> listOf(Class<T> type) {
        return new Items<>(of(type), List::copyOf);
    }

    /**
     * A record with one type variable.
     *
     * @param parameter what that stands for
     */
    @SuppressWarnings("unchecked")
    public <R> Shape<R> of(Class<?> record, Class<?> parameter) {
        var bound = Map.<TypeVariable<?>, Shape<?>>of(record.getTypeParameters()[0], of(parameter));
        return (Shape<R>) Fields.of(record, this, bound);
    }

    Shape<?> of(java.lang.reflect.Type type, Map<TypeVariable<?>, Shape<?>> bindings) {
        return switch (type) {
            case Class<?> simple -> simple(simple);
            case TypeVariable<?> variable ->
                Optional.<Shape<?>>ofNullable(bindings.get(variable)).orElseThrow();
            case ParameterizedType generic -> generic(generic, bindings);
            default -> throw new IllegalArgumentException("no shape for " + type);
        };
    }

    private Shape<?> generic(ParameterizedType type, Map<TypeVariable<?>, Shape<?>> bindings) {
        if (type.getRawType() instanceof Class<?> raw && own.containsKey(raw)) {
            return simple(raw);
        }
        var inner = of(type.getActualTypeArguments()[0], bindings);
        if (type.getRawType() == Optional.class) {
            return new Maybe<>(inner);
        }
        if (type.getRawType() == List.class) {
            return new Items<>(inner, List::copyOf);
        }
        if (type.getRawType() == Set.class) {
            return new Items<>(inner, LinkedHashSet::new);
        }
        if (Arrays.equals(type.getActualTypeArguments(), new Object[] {String.class, String.class})) {
            return new Texts();
        }
        throw new IllegalArgumentException("no shape for " + type);
    }

    private Shape<?> simple(Class<?> type) {
        var scalar = SCALARS.get(type);
        if (scalar != null) {
            return scalar;
        }
        // Not computeIfAbsent: making one may ask for others.
        var found = made.get(type);
        if (found == null) {
            found = make(type);
            made.put(type, found);
        }
        return found;
    }

    private Shape<?> make(Class<?> type) {
        var given = own.get(type);
        if (given != null) {
            return given.apply(this);
        }
        if (type.isEnum()) {
            return words(type);
        }
        if (type.isRecord()) {
            return Fields.of(type, this, Map.of());
        }
        if (type.isSealed()) {
            return Family.of(type, this);
        }
        throw new IllegalArgumentException("no shape for " + type);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Shape<?> words(Class<?> type) {
        return new Words(type);
    }

    private static <T> Scalar<T> text(String form, Function<String, T> parser) {
        return new Scalar<>(Shape.Type.STRING, form, Object::toString, parser, Optional.empty());
    }

    private static <T> Scalar<T> number(String form, Function<T, Object> writer, Function<String, T> parser) {
        return new Scalar<>(Shape.Type.INTEGER, form, writer, parser, Optional.empty());
    }
}
