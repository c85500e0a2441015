package io.berth.server;

import io.berth.core.json.Fields;
import io.berth.core.json.Json;
import io.berth.core.plan.Plan;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.engine.Watch;
import io.berth.engine.wire.Call;
import io.berth.engine.wire.Method;
import io.berth.engine.wire.PathTemplate;
import io.berth.engine.wire.Started;
import io.berth.engine.wire.TaskKind;
import io.berth.engine.wire.WireShapes;
import io.berth.server.http.Incoming;
import io.berth.server.http.Reply;
import io.berth.server.http.Route;
import io.berth.server.task.Tasks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes routes of calls and kinds of tasks. */
final class Binding {
    static final int USUAL_LIMIT = 50;
    private static final long LONGEST_WAIT = 60;
    private static final long USUAL_WAIT = 10;

    private final Tasks tasks;

    Binding(Tasks tasks) {
        this.tasks = tasks;
    }

    <I, O> List<Route> call(Call<I, O> call, Function<I, O> answer) {
        return List.of(new Route(
                call.method(),
                call.path(),
                incoming -> Reply.json(call.answered().get().write(answer.apply(asked(call, incoming))))));
    }

    /** A kind whose plan can't be looked at. */
    <I, R> List<Route> task(TaskKind<I, R> kind, BiFunction<I, Watch, R> work) {
        return List.of(new Route(
                Method.POST,
                new PathTemplate(kind.startPath()),
                incoming -> start(kind, read(kind.input(), incoming.body()), wait(incoming), work)));
    }

    <I, R> List<Route> task(TaskKind<I, R> kind, Function<I, Plan> plan, BiFunction<I, Watch, R> work) {
        var look = new Route(
                Method.POST,
                new PathTemplate(kind.planPath()),
                incoming ->
                        Reply.json(WireShapes.of(Plan.class).write(plan.apply(read(kind.input(), incoming.body())))));
        return List.of(look, task(kind, work).getFirst());
    }

    private <I, R> Reply start(TaskKind<I, R> kind, I asked, Duration wait, BiFunction<I, Watch, R> work) {
        var task = tasks.start(kind.name(), watch -> kind.result().get().write(work.apply(asked, watch)));
        try {
            task.awaitBegun(wait);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the answer is wanted no more; the task goes on
        }
        var view = task.view();
        view.failure().ifPresent(refusal -> {
            throw refusal;
        });
        return new Reply.Json(
                202,
                WireShapes.of(Started.class)
                        .write(new Started(task.id(), view.operations().stream().findFirst())));
    }

    /** The parts of what is asked, gathered from path, query and body. */
    private static <I> I asked(Call<I, ?> call, Incoming incoming) {
        var texts = new LinkedHashMap<>(incoming.query());
        texts.putAll(incoming.gaps());
        if (!call.method().hasBody()) {
            return call.input().parse(texts);
        }
        var json = new LinkedHashMap<String, Object>(incoming.gaps());
        if (!incoming.body().isBlank()) {
            object(incoming.body()).forEach((name, value) -> {
                if (json.put(name, value) != null) {
                    throw bad("'" + name + "' is in the path already", "leave it out of the body");
                }
            });
        }
        return call.input().read(json, "");
    }

    private static <I> I read(Fields<I> shape, String body) {
        return shape.read(Json.read(body), "");
    }

    private static Map<String, Object> object(String body) {
        if (!(Json.read(body) instanceof Map<?, ?> map)) {
            throw bad("the body isn't a JSON object", "send one");
        }
        var object = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> object.put(String.valueOf(name), value));
        return object;
    }

    private static Duration wait(Incoming incoming) {
        var text = incoming.query().getOrDefault("wait", Long.toString(USUAL_WAIT));
        if (!text.matches("[0-9]{1,2}") || Long.parseLong(text) > LONGEST_WAIT) {
            throw bad("'wait' isn't from 0 to " + LONGEST_WAIT, "send a number of seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static Failure bad(String what, String next) {
        return Failure.of(FailureKind.CALLER, "request.bad", what).next(next).build();
    }
}
