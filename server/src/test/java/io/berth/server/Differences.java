package io.berth.server;

import io.berth.core.json.Family;
import io.berth.core.json.Fields;
import io.berth.core.json.Shape;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where the description says something else than the code does. */
final class Differences {
    private final Contract contract;
    private final List<String> found = new ArrayList<>();
    private final TreeSet<String> visited = new TreeSet<>();

    Differences(Contract contract) {
        this.contract = contract;
    }

    List<String> found() {
        return found;
    }

    /** The names of the schemas that were used. */
    Set<String> visited() {
        return visited;
    }

    /** @param ignored names of parts that aren't the record's */
    void compareInput(String where, Fields<?> fields, Map<String, Contract.Part> parts, String... ignored) {
        var names = new TreeSet<>(parts.keySet());
        names.removeAll(List.of(ignored));
        differ(where + " takes", new TreeSet<>(fields.names()), names);
        for (var field : fields.fields()) {
            var part = parts.get(field.name());
            if (part != null) {
                differ(where + "." + field.name() + " is required", field.isRequired(), part.isRequired());
                compare(where + "." + field.name(), field.shape(), part.schema());
            }
        }
    }

    void compare(String where, Shape<?> shape, Schema<?> named) {
        visit(named);
        var schema = contract.resolved(named);
        switch (shape) {
            case Fields<?> fields -> compareFields(where, fields, schema);
            case Shape.Scalar<?> scalar -> {
                compareType(where, scalar.type().name().toLowerCase(Locale.ROOT), schema);
                differ(
                        where + " has the form",
                        scalar.form(),
                        Optional.ofNullable(schema.getFormat()).orElse(""));
            }
            case Shape.Words<?> words -> {
                compareType(where, "string", schema);
                differ(where + " is one of", words.words(), Contract.words(schema));
            }
            case Shape.Items<?, ?> items -> {
                compareType(where, "array", schema);
                if (schema.getItems() != null) {
                    compare(where + "[]", items.item(), schema.getItems());
                }
            }
            case Shape.Maybe<?> maybe -> compare(where, maybe.value(), named);
            case Shape.Texts _ -> {
                compareType(where, "object", schema);
                differ(
                        where + " has texts",
                        "string",
                        schema.getAdditionalProperties() instanceof Schema<?> text ? Contract.type(text) : "none");
            }
            case Family<?> _ -> found.add(where + " is one of a family, which the interface has nowhere");
            case Shape.Opaque _ -> compareType(where, "", schema);
            case Shape.Mapped<?, ?> mapped -> compare(where, mapped.as(), named);
        }
    }

    /** Notes that a schema is used. */
    void visit(Schema<?> schema) {
        Contract.reference(schema).ifPresent(visited::add);
    }

    private void compareFields(String where, Fields<?> fields, Schema<?> schema) {
        compareType(where, "object", schema);
        differ(where + " refuses what it doesn't know", true, Contract.isClosed(schema));
        var properties = Contract.properties(schema);
        differ(where + " has", new TreeSet<>(fields.names()), new TreeSet<>(properties.keySet()));
        var required = new TreeSet<String>();
        for (var field : fields.fields()) {
            if (field.isRequired()) {
                required.add(field.name());
            }
            Optional.ofNullable(properties.get(field.name()))
                    .ifPresent(property -> compare(where + "." + field.name(), field.shape(), property));
        }
        differ(where + " requires", required, new TreeSet<>(Contract.required(schema)));
    }

    private void compareType(String where, String type, Schema<?> schema) {
        differ(where + " is of the type", type, Contract.type(schema));
    }

    private void differ(String what, Object code, Object description) {
        if (!Objects.equals(code, description)) {
            found.add(what + " " + code + ", not " + description);
        }
    }
}
