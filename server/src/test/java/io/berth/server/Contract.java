package io.berth.server;

import io.berth.engine.wire.Method;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code openapi.yaml}, read by a library that knows what OpenAPI is. Names stand for what they name. */
final class Contract {
    private static final String JSON = "application/json";

    private final OpenAPI openApi;
    private final List<String> faults;

    private Contract(OpenAPI openApi, List<String> faults) {
        this.openApi = openApi;
        this.faults = faults;
    }

    static Contract read() {
        var options = new ParseOptions();
        options.setResolve(false);
        var result = new OpenAPIV3Parser().readContents(Description.text(), List.of(), options);
        return new Contract(
                result.getOpenAPI(), Optional.ofNullable(result.getMessages()).orElse(List.of()));
    }

    OpenAPI openApi() {
        return openApi;
    }

    /** What the library finds wrong with it. */
    List<String> faults() {
        return faults;
    }

    /** By method and path, {@code GET /v1/machines}. */
    Map<String, Operation> operations() {
        var operations = new LinkedHashMap<String, Operation>();
        openApi.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operations.put(method + " " + path, operation)));
        return operations;
    }

    Operation operation(Method method, String path) {
        return Optional.ofNullable(openApi.getPaths().get(path))
                .map(item -> item.readOperationsMap().get(HttpMethod.valueOf(method.name())))
                .orElseThrow(() -> new AssertionError("not described: " + method + " " + path));
    }

    /**
     * Something that is sent with a request.
     *
     * @param place {@code path}, {@code query}, {@code header}, {@code body}
     */
    record Part(String place, boolean isRequired, Schema<?> schema, String description) {}

    Map<String, Part> input(Operation operation) {
        var parts = new LinkedHashMap<String, Part>();
        for (var parameter : parameters(operation)) {
            parts.put(
                    parameter.getName(),
                    new Part(
                            parameter.getIn(),
                            Boolean.TRUE.equals(parameter.getRequired()),
                            parameter.getSchema(),
                            parameter.getDescription()));
        }
        body(operation)
                .map(this::resolved)
                .ifPresent(schema -> properties(schema)
                        .forEach((name, property) -> parts.put(
                                name,
                                new Part("body", required(schema).contains(name), property, description(property)))));
        return parts;
    }

    Optional<Schema<?>> body(Operation operation) {
        return Optional.ofNullable(operation.getRequestBody()).map(body -> json(body.getContent()));
    }

    private List<Parameter> parameters(Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(each -> each.get$ref() == null
                        ? each
                        : of(openApi.getComponents().getParameters(), name(each.get$ref())))
                .toList();
    }

    ApiResponse response(Operation operation, String status) {
        var response = of(operation.getResponses(), status);
        return response.get$ref() == null ? response : response(name(response.get$ref()));
    }

    private ApiResponse response(String name) {
        return of(openApi.getComponents().getResponses(), name);
    }

    /** What events are sent with. */
    ApiResponse stream() {
        return response("Events");
    }

    Schema<?> answer(Operation operation, String status) {
        return json(response(operation, status).getContent());
    }

    private static Schema<?> json(Content content) {
        return of(content, JSON).getSchema();
    }

    /** What comes of a task. */
    Optional<Schema<?>> result(Operation operation) {
        return extension(operation.getExtensions(), "x-result").map(Contract::schema);
    }

    /** The data of each event. */
    Map<String, Schema<?>> events() {
        var events = new TreeMap<String, Schema<?>>();
        var described = extension(stream().getExtensions(), "x-events");
        described.ifPresent(
                all -> ((Map<?, ?>) all).forEach((name, schema) -> events.put(String.valueOf(name), schema(schema))));
        return events;
    }

    private static Optional<Object> extension(Map<String, Object> extensions, String name) {
        return Optional.ofNullable(extensions).map(all -> all.get(name));
    }

    /** Extensions are plain maps: a name, or a list of what has a name. */
    private static Schema<?> schema(Object extension) {
        var map = (Map<?, ?>) extension;
        if (map.get("$ref") instanceof String name) {
            var named = new Schema<>();
            named.set$ref(name);
            return named;
        }
        var list = new Schema<>();
        list.setTypes(Set.of(String.valueOf(map.get("type"))));
        list.setItems(schema(of(map, "items")));
        return list;
    }

    Map<String, Schema<?>> schemas() {
        var schemas = new TreeMap<String, Schema<?>>();
        openApi.getComponents().getSchemas().forEach(schemas::put);
        return schemas;
    }

    Schema<?> resolved(Schema<?> schema) {
        return reference(schema).<Schema<?>>map(name -> of(schemas(), name)).orElse(schema);
    }

    /** What has that name and can't be missing. */
    static <T> T of(Map<?, T> all, String name) {
        return Optional.ofNullable(all.get(name)).orElseThrow(() -> new AssertionError("there is no " + name));
    }

    /** The name that stands for a schema, if one does. */
    static Optional<String> reference(Schema<?> schema) {
        return Optional.ofNullable(schema.get$ref()).map(Contract::name);
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    static Map<String, Schema<?>> properties(Schema<?> schema) {
        var properties = new LinkedHashMap<String, Schema<?>>();
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> properties.put(name, property));
        }
        return properties;
    }

    /** Whether there are no other properties. */
    static boolean isClosed(Schema<?> schema) {
        return schema.getAdditionalProperties() instanceof Schema<?> more
                && Boolean.FALSE.equals(more.getBooleanSchemaValue());
    }

    static List<String> required(Schema<?> schema) {
        return Optional.ofNullable(schema.getRequired()).orElse(List.of());
    }

    static String description(Schema<?> schema) {
        return Optional.ofNullable(schema.getDescription()).orElse("");
    }

    /** {@code string}; empty for what may be anything. */
    static String type(Schema<?> schema) {
        return Optional.ofNullable(schema.getTypes())
                .map(types -> String.join(" or ", types))
                .orElse("");
    }

    static List<String> words(Schema<?> schema) {
        var words = new ArrayList<String>();
        Optional.ofNullable(schema.getEnum()).ifPresent(all -> all.forEach(word -> words.add(String.valueOf(word))));
        return words;
    }
}
