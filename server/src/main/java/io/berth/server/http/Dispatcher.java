package io.berth.server.http;

import io.berth.core.json.Json;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import io.berth.engine.Version;
import io.berth.engine.wire.Api;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to its route and sends what that replies. Thread-safe. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");
    private static final HeaderName VERSION = HeaderNames.create(Api.VERSION_HEADER);
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    private final Router router;
    private final int longestBody;
    private final Deadline deadline;

    Dispatcher(Router router, int longestBody, Deadline deadline) {
        this.router = router;
        this.longestBody = longestBody;
        this.deadline = deadline;
    }

    void handle(ServerRequest request, RoutingResponse response) throws IOException {
        response.header(VERSION, Version.text());
        response.header(HeaderNames.CONNECTION, "close");
        switch (reply(request)) {
            case Reply.Json(var status, var tree) -> {
                response.status(status);
                send(response, "application/json", Json.text(tree) + "\n");
            }
            case Reply.Text(var type, var text) -> send(response, type, text);
            case Reply.Events(var source) -> stream(response, source);
        }
        // The library waits for the client to do it, and what is left of a body would be taken for the next request.
        throw new CloseConnectionException("each answer has a connection of its own");
    }

    private Reply reply(ServerRequest request) throws IOException {
        try {
            refuseOtherVersion(request);
            var path = request.prologue().uriPath().rawPath();
            var match = router.find(request.prologue().method().text(), path);
            return match.route().responder().apply(incoming(request, match));
        } catch (Failure failure) {
            return Reply.failure(failure);
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (RuntimeException | Error bug) {
            LOG.error(
                    "event=broken path={}",
                    Printable.line(request.prologue().uriPath().rawPath()),
                    bug);
            return Reply.failure(Failure.of(FailureKind.BUG, "berth.broken", "Berth itself is wrong")
                    .why(bug.getClass().getName() + " in the daemon; its log has the rest")
                    .next("please report it, with the log")
                    .cause(bug)
                    .build());
        }
    }

    private static void refuseOtherVersion(ServerRequest request) {
        var asked = request.headers().first(VERSION);
        if (asked.isPresent() && !asked.get().equals(Version.text())) {
            throw Failure.of(
                            FailureKind.ENVIRONMENT,
                            "daemon.other-version",
                            "the daemon is of another version than the program that asks it")
                    .why("the daemon is Berth " + Version.text() + ", the program is Berth "
                            + Printable.line(asked.get()))
                    .next("start the daemon anew ('systemctl restart berth'), or say --no-daemon")
                    .build();
        }
    }

    private Incoming incoming(ServerRequest request, Router.Match match) throws IOException {
        return new Incoming(
                match.gaps(),
                query(request.prologue().query()),
                match.route().method().hasBody() ? body(request) : "",
                request.headers().first(LAST_EVENT_ID).orElse(""));
    }

    private static Map<String, String> query(UriQuery query) {
        var values = new LinkedHashMap<String, String>();
        for (var name : query.names()) {
            var all = query.all(name);
            if (all.size() > 1) {
                throw Failure.of(FailureKind.CALLER, "request.bad", "'" + Printable.line(name) + "' is there twice")
                        .next("send it once")
                        .build();
            }
            values.put(name, all.getFirst());
        }
        return values;
    }

    /** Only with its length said first: then it is known before a byte of it is read. */
    private String body(ServerRequest request) throws IOException {
        var length = length(request)
                .orElseThrow(() -> Failure.of(
                                FailureKind.CALLER, "request.no-length", "a body without Content-Length isn't taken")
                        .next("send the length; 0 for none")
                        .build());
        if (length > longestBody) {
            throw Failure.of(FailureKind.CALLER, "request.too-large", "the body is too large")
                    .why(length + " bytes; " + longestBody + " are taken at most")
                    .next("send less, or raise daemon.body in the configuration")
                    .build();
        }
        if (length == 0) {
            return "";
        }
        var read = new byte[1][];
        try {
            deadline.within(() -> read[0] = request.content().as(byte[].class));
        } catch (RuntimeException gone) {
            throw new CloseConnectionException("the body never came", gone);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read[0]))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw Failure.of(FailureKind.CALLER, "request.bad", "the body isn't text in UTF-8")
                    .next("send JSON in UTF-8")
                    .cause(wrong)
                    .build();
        }
    }

    private static OptionalLong length(ServerRequest request) {
        var length = request.headers().contentLength();
        // curl -X POST without data sends neither.
        return length.isEmpty() && !request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                ? OptionalLong.of(0)
                : length;
    }

    private void send(ServerResponse response, String type, String text) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, type);
        deadline.within(() -> response.send(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void stream(RoutingResponse response, Reply.Source source) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        try {
            source.sendTo(sink(response.outputStream()));
            // The last chunk, which tells an end from a cut. Closing the stream doesn't write it.
            deadline.within(response::commit);
        } catch (InterruptedException _) {
            // The server is closing, or the client took nothing for too long.
        } catch (UncheckedIOException | IOException gone) {
            LOG.debug("event=follower-gone why={}", Printable.line(String.valueOf(gone.getMessage())));
        }
    }

    private Reply.Sink sink(OutputStream out) {
        return new Reply.Sink() {
            @Override
            public void send(long id, String event, String data) throws IOException {
                write("id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n");
            }

            @Override
            public void beat() throws IOException {
                write(": here\n\n");
            }

            private void write(String text) throws IOException {
                deadline.within(() -> {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                });
            }
        };
    }
}
