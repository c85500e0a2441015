package io.berth.storage.ceph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as plain values: {@code Map}, {@code List}, {@code String}, {@code Long}; all else is its text. Null is left out. */
final class JsonTree {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonTree() {}

    /** Empty when the text isn't one whole value. */
    static Optional<Object> read(String text) {
        try (var in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            var tree = value(in);
            return in.nextToken() == null ? tree : Optional.empty();
        } catch (JacksonException wrong) {
            return Optional.empty();
        }
    }

    private static Optional<Object> value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> Optional.of(object(in));
            case START_ARRAY -> Optional.of(list(in));
            case VALUE_NUMBER_INT -> Optional.of(in.getLongValue());
            case VALUE_STRING, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> Optional.of(in.getString());
            case null -> Optional.empty();
            case VALUE_NULL -> Optional.empty();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("the parser is at " + in.currentToken());
        };
    }

    private static Map<String, Object> object(JsonParser in) {
        var object = new LinkedHashMap<String, Object>();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = in.currentName();
            in.nextToken();
            value(in).ifPresent(value -> object.put(name, value));
        }
        return object;
    }

    private static List<Object> list(JsonParser in) {
        var list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            value(in).ifPresent(list::add);
        }
        return list;
    }
}
