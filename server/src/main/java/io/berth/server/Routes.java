package io.berth.server;

import io.berth.engine.Engine;
import io.berth.server.http.Route;
import io.berth.server.task.Tasks;
import java.util.List;
import java.util.stream.Stream;

/** Everything that the daemon answers. */
final class Routes {
    private Routes() {}

    static List<Route> all(DaemonRoutes.Answers daemon, Engine engine, Tasks tasks) {
        var bind = new Binding(tasks);
        return Stream.of(DaemonRoutes.of(daemon, bind), EngineRoutes.of(engine, bind), TaskRoutes.of(tasks, bind))
                .flatMap(List::stream)
                .toList();
    }
}
