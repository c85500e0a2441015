package io.berth.server;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.Method;
import io.berth.server.http.Incoming;
import io.berth.server.http.Route;
import io.berth.server.task.Tasks;
import java.util.List;
import java.util.stream.Stream;

/** Tasks that were started: how they go on, and an end to them. */
final class TaskRoutes {
    private TaskRoutes() {}

    static List<Route> of(Tasks tasks, Binding bind) {
        return Stream.of(
                        bind.call(Api.TASK, asked -> tasks.find(asked.task()).view()),
                        bind.call(Api.CANCEL_TASK, asked -> {
                            var task = tasks.find(asked.task());
                            task.cancel();
                            return task.view();
                        }),
                        List.of(
                                new Route(
                                        Method.GET,
                                        Api.TASK_EVENTS,
                                        incoming -> tasks.find(gap(incoming, "task"))
                                                .follow(heard(incoming))),
                                new Route(
                                        Method.GET,
                                        Api.OPERATION_EVENTS,
                                        incoming -> tasks.of(new OperationId(gap(incoming, "id")))
                                                .follow(heard(incoming)))))
                .flatMap(List::stream)
                .toList();
    }

    private static String gap(Incoming incoming, String name) {
        return incoming.gaps().getOrDefault(name, "");
    }

    private static long heard(Incoming incoming) {
        var id = incoming.lastEventId();
        if (!id.matches("[0-9]{0,18}")) {
            throw Failure.of(FailureKind.CALLER, "request.bad", "Last-Event-ID is no number")
                    .next("send the id of an event that came, or none")
                    .build();
        }
        return id.isEmpty() ? 0 : Long.parseLong(id);
    }
}
