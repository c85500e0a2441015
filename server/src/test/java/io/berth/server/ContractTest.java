package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.engine.remote.http.Exchange;
import io.berth.engine.remote.http.Request;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Call;
import io.berth.engine.wire.Method;
import io.berth.engine.wire.News;
import io.berth.engine.wire.Started;
import io.berth.engine.wire.TaskKind;
import io.berth.engine.wire.WireShapes;
import io.berth.server.task.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openapi.yaml} is written by hand, and says what the code does. */
class ContractTest {
    private final Contract contract = Contract.read();

    @Test
    void itIsOpenApiWithoutAFault() {
        assertThat(contract.faults()).isEmpty();
    }

    @Test
    void everyRouteIsDescribedAndNothingElseIs() {
        var tasks = new Tasks(new Tasks.Limits(1, 1, 10), (kind, news) -> {});
        var routes = Routes.all(
                new DaemonRoutes.Answers(ContractTest::nobody, ContractTest::nobody, ContractTest::nobody),
                new FakeEngine(),
                tasks);

        assertThat(routes.stream()
                        .map(route -> route.method() + " " + route.path().text()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(contract.operations().keySet());
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // stands where any answer is wanted, and gives none
    private static <T> T nobody() {
        throw new AssertionError("nobody asks");
    }

    @Test
    void requestsAnswersAndEventsHaveTheFieldsOfTheCode() {
        var differences = new Differences(contract);

        constants(Call.class).forEach(call -> compare(differences, call));
        constants(TaskKind.class).forEach(kind -> compare(differences, kind));
        contract.operations().forEach((name, operation) -> {
            differences.compare(name + " refuses", WireShapes.of(Failure.class), contract.answer(operation, "default"));
            contract.body(operation).ifPresent(differences::visit);
        });
        News.kinds()
                .forEach((name, type) -> Optional.ofNullable(contract.events().get(name))
                        .ifPresent(schema -> differences.compare(name, WireShapes.of(type), schema)));

        assertThat(differences.found()).isEmpty();
        assertThat(contract.events().keySet())
                .containsExactlyInAnyOrderElementsOf(News.kinds().keySet());
        assertThat(contract.schemas().keySet())
                .as("none is there that nothing uses")
                .containsExactlyInAnyOrderElementsOf(differences.visited());
    }

    @Test
    void operationsAreNamedAsTheTableNamesThem() {
        constants(Call.class)
                .forEach(call -> assertThat(
                                contract.operation(call.method(), call.path().text())
                                        .getOperationId())
                        .isEqualTo(call.name()));
        constants(TaskKind.class)
                .forEach(kind -> assertThat(contract.operation(Method.POST, kind.startPath())
                                .getOperationId())
                        .isEqualTo(kind.name()));
    }

    @Test
    void everythingIsExplained() {
        contract.operations().forEach((name, operation) -> {
            assertThat(operation.getSummary()).as(name).endsWith(".");
            contract.input(operation)
                    .forEach((part, said) ->
                            assertThat(said.description()).as(name + " " + part).isNotEmpty());
        });
        contract.schemas().forEach((name, schema) -> {
            assertThat(Contract.description(schema)).as(name).isNotEmpty();
            Contract.properties(schema)
                    .forEach((field, property) -> assertThat(Contract.description(property))
                            .as(name + "." + field)
                            .isNotEmpty());
        });
    }

    @Test
    void aChangeOfAnyKindIsNoticed() {
        var differences = new Differences(contract);

        differences.compare("x", WireShapes.of(Started.class), Contract.of(contract.schemas(), "Task"));

        assertThat(differences.found())
                .containsExactly(
                        "x has [operation, task], not [failure, kind, operations, state, task]",
                        "x requires [task], not [kind, state, task]");
    }

    @Test
    void theDaemonHandsItOut(@TempDir Path folder) throws IOException {
        try (var daemon = DaemonFixture.in(folder);
                var exchange = Exchange.of(
                        Exchange.connect(daemon.socket(), Duration.ofSeconds(10)),
                        new Request("GET", "/openapi.yaml", Map.of(), Optional.empty()),
                        Duration.ofSeconds(10),
                        () -> false)) {
            assertThat(exchange.text(1 << 20)).isEqualTo(Description.text());
            assertThat(exchange.header("content-type")).contains("application/yaml");
        }
    }

    private void compare(Differences differences, Call<?, ?> call) {
        var operation = contract.operation(call.method(), call.path().text());
        var input = contract.input(operation);
        differences.compareInput(call.name(), call.input(), input);
        differences.compare(call.name() + " answers", call.answered().get(), contract.answer(operation, "200"));
        input.forEach((name, part) ->
                assertThat(part.place()).as(call.name() + " " + name).isEqualTo(place(call, name)));
        assertThat(contract.body(operation).isPresent())
                .as(call.name() + " has a body")
                .isEqualTo(call.method().hasBody()
                        && input.size() > call.path().gaps().size());
    }

    private static String place(Call<?, ?> call, String name) {
        if (call.path().gaps().contains(name)) {
            return "path";
        }
        return call.method().hasBody() ? "body" : "query";
    }

    private void compare(Differences differences, TaskKind<?, ?> kind) {
        var start = contract.operation(Method.POST, kind.startPath());
        differences.compareInput(kind.name(), kind.input(), contract.input(start), "wait");
        differences.compare(kind.name() + " answers", WireShapes.of(Started.class), contract.answer(start, "202"));
        differences.compare(
                kind.name() + " results in",
                kind.result().get(),
                contract.result(start).orElseThrow());
        if (kind.isPlanned()) {
            var plan = contract.operation(Method.POST, kind.planPath());
            differences.compareInput("plan " + kind.name(), kind.input(), contract.input(plan));
            differences.compare("plan " + kind.name(), WireShapes.of(Plan.class), contract.answer(plan, "200"));
        }
    }

    /** The lines of the table. */
    private static <T> List<T> constants(Class<T> type) {
        var constants = Arrays.stream(Api.class.getFields())
                .filter(field -> field.getType() == type)
                .map(field -> {
                    try {
                        return type.cast(field.get(Api.class));
                    } catch (IllegalAccessException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .toList();
        assertThat(constants).isNotEmpty();
        return constants;
    }
}
