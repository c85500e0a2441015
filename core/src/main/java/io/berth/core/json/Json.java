package io.berth.core.json;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text and trees of plain values (see {@link Shape}). Strict: one value, no name twice, no fractions, objects and
 * lists at most 64 deep. Thread-safe.
 */
public final class Json {
    private static final int DEEPEST = 64;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(20)
                    .maxStringLength(64 << 20) // the text itself is bounded by whoever reads it from a socket
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** On one line. */
    public static String text(Object tree) {
        var text = new StringWriter();
        try (var out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(out, tree);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Object tree) {
        switch (tree) {
            case Map<?, ?> object -> {
                out.writeStartObject();
                object.forEach((name, value) -> {
                    out.writeName(String.valueOf(name));
                    write(out, value);
                });
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                list.forEach(each -> write(out, each));
                out.writeEndArray();
            }
            case String string -> out.writeString(string);
            case Long number -> out.writeNumber(number);
            case Boolean truth -> out.writeBoolean(truth);
            default -> throw new IllegalArgumentException("not JSON: " + tree.getClass());
        }
    }

    /**
     * Reads one value. Members that are null are left out.
     *
     * @throws Failure {@code request.bad} (CALLER)
     */
    public static Object read(String text) {
        try (var in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            var tree = value(in);
            if (in.nextToken() != null) {
                throw BadJson.failure("there is something behind the JSON", "send one value");
            }
            return tree;
        } catch (JacksonException wrong) {
            throw Failure.of(FailureKind.CALLER, "request.bad", "what was sent isn't the JSON that is taken here")
                    .why(Printable.line(wrong.getOriginalMessage()))
                    .next("see the description of the interface")
                    .cause(wrong)
                    .build();
        }
    }

    private static Object value(JsonParser in) {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> list(in);
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null -> throw BadJson.failure("nothing was sent", "send JSON");
            case VALUE_NULL, VALUE_NUMBER_FLOAT ->
                throw BadJson.failure("null and fractions aren't taken here", "send whole numbers, leave null out");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("the parser is at " + in.currentToken());
        };
    }

    private static Map<String, Object> object(JsonParser in) {
        var object = new LinkedHashMap<String, Object>();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_NULL) {
                object.put(name, value(in));
            }
        }
        return object;
    }

    private static List<Object> list(JsonParser in) {
        var list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(in));
        }
        return list;
    }
}
