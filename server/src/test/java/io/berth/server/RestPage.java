package io.berth.server;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Locale;
import java.util.Optional;

/** The reference page of the REST interface, made of its description. */
final class RestPage {
    private static final String HEAD = """
            # The REST interface

            <!-- Made from openapi.yaml: `bin/mvn -pl server -am test -Dberth.docs=write` writes it anew. -->

            The same as [openapi.yaml](../../server/src/main/resources/io/berth/server/openapi.yaml), which the daemon itself
            hands out at `/openapi.yaml`. How to run it: `berth serve` in [cli.md](cli.md), the section `daemon` in
            [configuration.md](configuration.md). Error codes: [errors.md](errors.md).

            """;

    private final Contract contract = Contract.read();
    private final StringBuilder page = new StringBuilder(HEAD);

    private RestPage() {}

    static String text() {
        return new RestPage().write();
    }

    private String write() {
        page.append(contract.openApi().getInfo().getDescription().strip()).append('\n');
        for (var tag : contract.openApi().getTags()) {
            page.append("\n## Calls: ").append(tag.getName()).append("\n\n");
            page.append(tag.getDescription()).append('\n');
            contract.operations().forEach((name, operation) -> {
                if (operation.getTags().contains(tag.getName())) {
                    describe(name, operation);
                }
            });
        }
        events();
        page.append("\n## Values\n");
        contract.schemas().forEach(this::describe);
        return page.toString();
    }

    private void describe(String name, Operation operation) {
        page.append("\n### `")
                .append(name)
                .append("`\n\n")
                .append(operation.getSummary())
                .append('\n');
        Optional.ofNullable(operation.getDescription())
                .ifPresent(more -> page.append('\n').append(more.strip()).append('\n'));
        var input = contract.input(operation);
        if (!input.isEmpty()) {
            page.append("\n| sent | in | type | what |\n|---|---|---|---|\n");
            input.forEach((part, said) ->
                    row(part + (said.isRequired() ? "" : "?"), said.place(), type(said.schema()), said.description()));
        }
        page.append("\nAnswer: ").append(answer(operation)).append('\n');
    }

    private String answer(Operation operation) {
        var content = contract.response(
                        operation, operation.getResponses().keySet().iterator().next())
                .getContent();
        if (content.containsKey("text/event-stream")) {
            return "[events](#events).";
        }
        if (!content.containsKey("application/json")) {
            return content.keySet().iterator().next() + ".";
        }
        return type(Contract.of(content, "application/json").getSchema())
                + contract.result(operation)
                        .map(result -> ". In the end: " + type(result) + ".")
                        .orElse(".");
    }

    private void events() {
        page.append("\n## Events\n\n");
        page.append(contract.stream().getDescription().strip());
        page.append("\n\n| event | data | when |\n|---|---|---|\n");
        contract.events()
                .forEach((name, schema) -> row(name, type(schema), Contract.description(contract.resolved(schema))));
    }

    private void describe(String name, Schema<?> schema) {
        page.append("\n### ")
                .append(name)
                .append("\n\n")
                .append(Contract.description(schema))
                .append('\n');
        if (!Contract.words(schema).isEmpty()) {
            page.append("\nOne of ").append(type(schema)).append(".\n");
        }
        var properties = Contract.properties(schema);
        if (!properties.isEmpty()) {
            var required = Contract.required(schema);
            page.append("\n| field | type | what |\n|---|---|---|\n");
            properties.forEach((field, property) ->
                    row(field + (required.contains(field) ? "" : "?"), type(property), Contract.description(property)));
        }
    }

    private void row(String name, String... cells) {
        page.append("| `")
                .append(name)
                .append("` | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private static String type(Schema<?> schema) {
        var reference = Contract.reference(schema);
        if (reference.isPresent()) {
            return "[%s](#%s)".formatted(reference.get(), reference.get().toLowerCase(Locale.ROOT));
        }
        var words = Contract.words(schema);
        if (!words.isEmpty()) {
            return "`" + String.join("`, `", words) + "`";
        }
        return switch (Contract.type(schema)) {
            case "array" -> "list of " + type(schema.getItems());
            case "string" -> Optional.ofNullable(schema.getFormat()).orElse("text");
            case "integer" -> "number";
            case "boolean" -> "true or false";
            case "object" -> "texts by name";
            default -> "anything";
        };
    }
}
