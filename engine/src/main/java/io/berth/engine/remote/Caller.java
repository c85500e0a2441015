package io.berth.engine.remote;

import io.berth.core.json.Fields;
import io.berth.core.json.Json;
import io.berth.core.json.Shape;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.engine.Version;
import io.berth.engine.remote.http.Exchange;
import io.berth.engine.remote.http.Request;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Call;
import io.berth.engine.wire.Method;
import io.berth.engine.wire.PathTemplate;
import io.berth.engine.wire.Started;
import io.berth.engine.wire.TaskKind;
import io.berth.engine.wire.WireShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts questions to the daemon and waits for the answers. Thread-safe. */
final class Caller {
    private static final int LONGEST_ANSWER = 256 << 20;

    private final Path socket;

    Caller(Path socket) {
        this.socket = socket;
    }

    /** @throws Failure what the daemon says, {@code daemon.gone}, {@code daemon.bad-answer} */
    <I, O> O call(Call<I, O> call, I asked) {
        var rest = new LinkedHashMap<>(call.input().write(asked));
        var gaps = new LinkedHashMap<String, String>();
        call.path().gaps().forEach(gap -> gaps.put(gap, String.valueOf(rest.remove(gap))));
        var path = call.path().filled(gaps);
        var request = call.method().hasBody()
                ? request(call.method(), path, Optional.of(Json.text(rest)))
                : request(call.method(), path + query(rest), Optional.empty());
        return answer(request, call.answered().get());
    }

    <I> Plan plan(TaskKind<I, ?> kind, I asked) {
        return answer(order(kind.planPath(), kind.input(), asked), WireShapes.of(Plan.class));
    }

    /** Has the task begun and doesn't wait until it is known what comes of it. */
    <I> Started start(TaskKind<I, ?> kind, I asked) {
        return answer(order(kind.startPath() + "?wait=0", kind.input(), asked), WireShapes.of(Started.class));
    }

    private static <I> Request order(String path, Fields<I> shape, I asked) {
        return request(Method.POST, path, Optional.of(Json.text(shape.write(asked))));
    }

    private <O> O answer(Request request, Shape<O> shape) {
        try (var exchange = exchange(request)) {
            return read(exchange.text(LONGEST_ANSWER), shape);
        } catch (IOException broken) {
            throw gone(request, broken);
        }
    }

    /**
     * The answer to a request that was taken.
     *
     * @throws Failure what the daemon says of one that wasn't
     * @throws IOException when there is no whole answer
     */
    Exchange exchange(Request request) throws IOException {
        var exchange = Exchange.of(Exchange.connect(socket), request);
        if (exchange.status() / 100 == 2) {
            return exchange;
        }
        try (exchange) {
            throw read(exchange.text(LONGEST_ANSWER), WireShapes.of(Failure.class));
        }
    }

    static Request request(Method method, String target, Optional<String> body, Map<String, String> more) {
        var headers = new LinkedHashMap<>(more);
        headers.put(Api.VERSION_HEADER, Version.text());
        return new Request(method.name(), target, headers, body);
    }

    private static Request request(Method method, String target, Optional<String> body) {
        return request(method, target, body, Map.of());
    }

    private static String query(Map<String, Object> values) {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(value -> value.getKey() + "="
                                + PathTemplate.encoded(value.getValue().toString()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    static <O> O read(String text, Shape<O> shape) {
        try {
            return shape.read(Json.read(text), "");
        } catch (Failure unreadable) {
            throw Failure.of(
                            FailureKind.ENVIRONMENT, "daemon.bad-answer", "what the daemon answers can't be understood")
                    .why(Printable.line(unreadable.getMessage()))
                    .next("is it of another version? Start it anew, or say --no-daemon")
                    .cause(unreadable)
                    .build();
        }
    }

    private Failure gone(Request request, IOException broken) {
        var changes = !request.method().equals(Method.GET.name());
        return Failure.of(
                        changes ? FailureKind.UNKNOWN_OUTCOME : FailureKind.ENVIRONMENT,
                        "daemon.gone",
                        "the daemon's answer never came")
                .why(Printable.line(String.valueOf(broken.getMessage())) + " (" + socket + ")")
                .next(
                        changes
                                ? "look what came of it: 'berth operation list'"
                                : "is 'berth serve' running? Without it: --no-daemon")
                .cause(broken)
                .build();
    }
}
