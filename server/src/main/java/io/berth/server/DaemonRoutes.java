package io.berth.server;

import io.berth.engine.wire.Api;
import io.berth.engine.wire.DaemonView;
import io.berth.engine.wire.HealthView;
import io.berth.engine.wire.Method;
import io.berth.engine.wire.PathTemplate;
import io.berth.server.http.Reply;
import io.berth.server.http.Route;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the daemon answers of itself. */
final class DaemonRoutes {
    private static final PathTemplate METRICS = new PathTemplate("/metrics");

    private DaemonRoutes() {}

    /** Where the answers come from. */
    record Answers(Supplier<DaemonView> daemon, Supplier<HealthView> health, Supplier<Reply.Text> metrics) {}

    static List<Route> of(Answers answers, Binding bind) {
        return Stream.of(
                        bind.call(Api.DAEMON, none -> answers.daemon().get()),
                        bind.call(Api.HEALTH, none -> answers.health().get()),
                        List.of(
                                new Route(
                                        Method.GET,
                                        METRICS,
                                        _ -> answers.metrics().get()),
                                Description.route()))
                .flatMap(List::stream)
                .toList();
    }
}
