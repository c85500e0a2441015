package io.berth.server;

import io.berth.engine.Engine;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.DaemonView;
import io.berth.server.http.Route;
import io.berth.server.task.Tasks;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that the daemon answers. */
final class Routes {
    private Routes() {}

    static List<Route> all(Supplier<DaemonView> daemon, Engine engine, Tasks tasks) {
        var bind = new Binding(tasks);
        return Stream.of(
                        bind.call(Api.DAEMON, none -> daemon.get()),
                        List.of(Description.route()),
                        EngineRoutes.of(engine, bind),
                        TaskRoutes.of(tasks, bind))
                .flatMap(List::stream)
                .toList();
    }
}
