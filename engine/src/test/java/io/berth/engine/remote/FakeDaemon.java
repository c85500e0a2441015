package io.berth.engine.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake daemon on a real socket, which answers what a test says, or nothing. */
final class FakeDaemon implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    /** The first lines of the requests that came, with {@code Last-Event-ID} behind, if there was one. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private FakeDaemon(ServerSocketChannel server) {
        this.server = server;
    }

    /** What is sent; the connection stays open behind it. */
    @FunctionalInterface
    interface Answer {
        void send(OutputStream out) throws IOException, InterruptedException;
    }

    static FakeDaemon at(Path socket) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var daemon = new FakeDaemon(server);
        Thread.ofVirtual().start(daemon::accept);
        return daemon;
    }

    /** @param request {@code GET /v1/machines}; what isn't known is taken and never answered */
    FakeDaemon answer(String request, Answer answer) {
        answers.put(request, answer);
        return this;
    }

    static Answer json(String json) {
        return out -> out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8));
    }

    static Answer events(String... messages) {
        return out ->
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + String.join("", messages))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(SocketChannel client) {
        try {
            var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
            var first = in.readLine();
            if (first == null) {
                return; // somebody only looked whether anybody is there
            }
            var heard = "";
            for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                heard = line.startsWith("Last-Event-ID: ") ? " after " + line.substring(15) : heard;
            }
            asked.add(first.replace(" HTTP/1.1", "") + heard);
            var answer = answers.get(first.replaceFirst("(\\?.*)? HTTP/1\\.1", ""));
            if (answer != null) {
                var out = Channels.newOutputStream(client);
                answer.send(out);
                out.flush();
            }
        } catch (IOException | InterruptedException _) {
            // The client is gone, or the test over.
        }
    }

    long times(String request) {
        return asked.stream().filter(request::equals).count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var client : open) {
            client.close();
        }
    }
}
