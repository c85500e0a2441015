package io.berth.server.http;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the route of a request. Thread-safe. */
final class Router {
    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** A route and what stands in the gaps of its path. */
    record Match(Route route, Map<String, String> gaps) {}

    /**
     * @param path encoded
     * @throws Failure {@code request.unknown-path}, {@code request.wrong-method} (CALLER)
     */
    Match find(String method, String path) {
        var matches =
                routes.stream().flatMap(route -> match(route, path).stream()).toList();
        return matches.stream()
                .filter(match -> match.route().method().name().equals(method))
                .findFirst()
                .orElseThrow(() -> matches.isEmpty() ? unknown(path) : wrong(method, path, matches));
    }

    private static Optional<Match> match(Route route, String path) {
        return route.path().match(path).map(gaps -> new Match(route, gaps));
    }

    private static Failure unknown(String path) {
        return Failure.of(FailureKind.CALLER, "request.unknown-path", "there is nothing at " + Printable.line(path))
                .next("see /openapi.yaml")
                .build();
    }

    private static Failure wrong(String method, String path, List<Match> matches) {
        var allowed = matches.stream()
                .map(match -> match.route().method().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Failure.of(
                        FailureKind.CALLER,
                        "request.wrong-method",
                        "'" + Printable.line(method) + "' isn't taken at " + Printable.line(path))
                .next("use " + allowed)
                .build();
    }
}
