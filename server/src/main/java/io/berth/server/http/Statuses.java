package io.berth.server.http;

import io.berth.driver.Failure;

/** HTTP's number for a failure. The failure itself is in the body, and says more. */
final class Statuses {
    private Statuses() {}

    static int of(Failure failure) {
        return switch (failure.code()) {
            case "request.unknown-path" -> 404;
            case "request.wrong-method" -> 405;
            case "request.no-length" -> 411;
            case "request.too-large" -> 413;
            default ->
                switch (failure.kind()) {
                    case CALLER -> failure.code().endsWith(".unknown") ? 404 : 400;
                    case CONFLICT, CANCELLED -> 409;
                    case BUG -> 500;
                    case STORAGE, HYPERVISOR -> 502;
                    case ENVIRONMENT -> 503;
                    case UNKNOWN_OUTCOME -> 504;
                };
        };
    }
}
