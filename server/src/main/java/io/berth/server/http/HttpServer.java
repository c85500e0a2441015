package io.berth.server.http;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Answers requests on a unix socket, each in a virtual thread. The library behind it (Helidon) takes connections, parses
 * and frames; what is answered, also to what nobody understands, is for {@link Dispatcher}. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private final WebServer server;
    private final Deadline deadline;

    private HttpServer(WebServer server, Deadline deadline) {
        this.server = server;
        this.deadline = deadline;
    }

    /**
     * @param body bytes that one may have, at most
     * @param connections at once; one more waits
     * @param patience with a client that sends or takes nothing
     */
    public record Limits(int body, int connections, Duration patience) {}

    /** Listens from when this returns. */
    public static HttpServer start(Path socket, Limits limits, List<Route> routes) {
        var deadline = new Deadline(limits.patience());
        var dispatcher = new Dispatcher(new Router(routes), limits.body(), deadline);
        try {
            var server = WebServer.builder()
                    .bindAddress(UnixDomainSocketAddress.of(socket))
                    .maxTcpConnections(limits.connections())
                    // With one protocol it doesn't wait for a first byte before it counts the time.
                    .protocolsDiscoverServices(false)
                    .addProtocol(Http1Config.builder()
                            .addReceiveListener(new HeadWatch(deadline))
                            .build())
                    .idleConnectionTimeout(limits.patience())
                    .idleConnectionPeriod(limits.patience().dividedBy(4))
                    .shutdownHook(false)
                    .shutdownGracePeriod(Duration.ZERO)
                    .routing(HttpRouting.builder()
                            .any((request, response) -> dispatcher.handle(request, (RoutingResponse) response)))
                    .build()
                    .start();
            return new HttpServer(server, deadline);
        } catch (RuntimeException failed) {
            deadline.close();
            throw Failure.of(FailureKind.ENVIRONMENT, "daemon.no-socket", "the daemon can't listen at " + socket)
                    .why(String.valueOf(failed.getMessage()))
                    .next("look at the folder and its permissions")
                    .cause(failed)
                    .build();
        }
    }

    @Override
    public void close() {
        server.stop();
        deadline.close();
    }
}
