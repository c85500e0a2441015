package io.berth.core.json;

import io.berth.driver.Failure;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A record as a JSON object: each component under its name, in lower case with underscores. Members that it doesn't know
 * are refused, in both directions: a word that nobody understands is a wish that isn't heard.
 *
 * @param constructor looked up when it is first needed, and kept: that costs more than calling it a hundred times
 */
public record Fields<R>(Class<R> type, List<Field> fields, Supplier<Constructor<R>> constructor) implements Shape<R> {
    public Fields {
        fields = List.copyOf(fields);
    }

    /**
     * One component.
     *
     * @param lazy its shape, only asked for when it is needed: a record may hold another one of its own type
     */
    public record Field(String name, Supplier<Shape<?>> lazy, Function<Object, Object> value) {
        public Shape<?> shape() {
            return lazy.get();
        }

        public boolean isRequired() {
            return shape().absent().isEmpty();
        }
    }

    /** @param bindings what the record's type variables stand for */
    static <R> Fields<R> of(Class<R> type, Shapes shapes, Map<TypeVariable<?>, Shape<?>> bindings) {
        return new Fields<>(
                type,
                Arrays.stream(type.getRecordComponents())
                        .map(component -> new Field(
                                Names.split(component.getName(), '_'),
                                new Once<>(() -> shapes.of(component.getGenericType(), bindings)),
                                reader(component)))
                        .toList(),
                new Once<>(() -> constructor(type)));
    }

    private static Function<Object, Object> reader(RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true); // the record itself may be its package's own
        return record -> {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("can't read " + component, impossible);
            }
        };
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public Map<String, Object> write(R value) {
        var object = new LinkedHashMap<String, Object>();
        for (var field : fields) {
            var found = field.value().apply(value);
            if (!(found instanceof Optional<?> maybe && maybe.isEmpty())) {
                object.put(field.name(), unchecked(field.shape()).write(found));
            }
        }
        return object;
    }

    @Override
    public R read(Object json, String where) {
        if (!(json instanceof Map<?, ?> object)) {
            throw BadJson.notA(where, "object");
        }
        var names = names();
        object.keySet().forEach(name -> {
            if (!names.contains(String.valueOf(name))) {
                throw BadJson.unknown(inside(where, String.valueOf(name)), String.valueOf(name), names);
            }
        });
        var values = fields.stream()
                .map(field -> value(field, Optional.ofNullable(object.get(field.name())), where))
                .toArray();
        return BadJson.at(where, () -> make(values));
    }

    /** The same from a path and a query, where everything is text. */
    public R parse(Map<String, String> texts) {
        var json = new LinkedHashMap<String, Object>();
        texts.forEach((name, text) -> json.put(
                name,
                fields.stream()
                        .filter(field -> field.name().equals(name))
                        .findFirst()
                        .map(field -> typed(field.shape(), text, name))
                        .orElse(text)));
        return read(json, "");
    }

    /** A number is a text in a query. */
    private static Object typed(Shape<?> shape, String text, String where) {
        return switch (shape) {
            case Maybe<?> maybe -> typed(maybe.value(), text, where);
            case Scalar<?> scalar ->
                switch (scalar.type()) {
                    case STRING -> text;
                    case INTEGER -> BadJson.at(where, () -> Long.parseLong(text));
                    case BOOLEAN ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> text;
                        };
                };
            default -> text;
        };
    }

    private static Object value(Field field, Optional<?> json, String where) {
        return json.<Object>map(found -> field.shape().read(found, inside(where, field.name())))
                .or(() -> field.shape().absent())
                .orElseThrow(() -> BadJson.missing(inside(where, field.name())));
    }

    private static String inside(String where, String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    private R make(Object[] values) {
        try {
            return constructor.get().newInstance(values);
        } catch (InvocationTargetException refused) {
            switch (refused.getCause()) {
                case Failure failure -> throw failure;
                case IllegalArgumentException wrong -> throw wrong;
                case null, default -> throw new IllegalStateException("can't make " + type, refused);
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("can't make " + type, impossible);
        }
    }

    private static <R> Constructor<R> constructor(Class<R> type) {
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("a record without its constructor: " + type, impossible);
        }
    }

    /** Each field's shape is that of its value. */
    @SuppressWarnings("unchecked")
    private static Shape<Object> unchecked(Shape<?> shape) {
        return (Shape<Object>) shape;
    }
}
