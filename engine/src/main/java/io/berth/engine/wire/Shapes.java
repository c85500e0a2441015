package io.berth.engine.wire;

import io.berth.core.plan.Plan;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.engine.Found;
import io.berth.engine.wire.Shape.Items;
import io.berth.engine.wire.Shape.Maybe;
import io.berth.engine.wire.Shape.Scalar;
import io.berth.engine.wire.Shape.Texts;
import io.berth.engine.wire.Shape.Words;
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

/** The shapes of Java's types, each made when it is first asked for: a short command needs few. Thread-safe. */
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

    private static final Map<Class<?>, Shape<?>> MADE = new ConcurrentHashMap<>();

    private Shapes() {}

    /** @throws IllegalArgumentException for a type that nothing of the façade has */
    @SuppressWarnings("unchecked")
    public static <T> Shape<T> of(Class<T> type) {
        return (Shape<T>) of(type, Map.of());
    }

    static <T> Shape<List<T>> listOf(Class<T> type) {
        return new Items<>(of(type), List::copyOf);
    }

    @SuppressWarnings("unchecked")
    static <T> Shape<Found<T>> foundOf(Class<T> type) {
        var bound = Map.<TypeVariable<?>, Shape<?>>of(Found.class.getTypeParameters()[0], of(type));
        return (Shape<Found<T>>) (Shape<?>) Fields.of(Found.class, bound);
    }

    static Shape<?> of(java.lang.reflect.Type type, Map<TypeVariable<?>, Shape<?>> bindings) {
        return switch (type) {
            case Class<?> simple -> simple(simple);
            case TypeVariable<?> variable ->
                Optional.<Shape<?>>ofNullable(bindings.get(variable)).orElseThrow();
            case ParameterizedType generic -> generic(generic, bindings);
            default -> throw new IllegalArgumentException("no shape for " + type);
        };
    }

    private static Shape<?> generic(ParameterizedType type, Map<TypeVariable<?>, Shape<?>> bindings) {
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

    private static Shape<?> simple(Class<?> type) {
        var scalar = SCALARS.get(type);
        if (scalar != null) {
            return scalar;
        }
        var made = MADE.get(type);
        if (made == null) {
            made = make(type);
            MADE.put(type, made);
        }
        return made;
    }

    private static Shape<?> make(Class<?> type) {
        if (type == Failure.class) {
            return FailureFields.shape();
        }
        if (type == Plan.class) {
            return PlanFields.shape();
        }
        if (type.isEnum()) {
            return words(type);
        }
        if (type.isRecord()) {
            return Fields.of(type, Map.of());
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
