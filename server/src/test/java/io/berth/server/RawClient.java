package io.berth.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that sends what it is told, however wrong that is. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    private RawClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    static RawClient to(Path socket) throws IOException {
        return new RawClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** A whole exchange on a connection of its own: everything that comes back. */
    static String exchange(Path socket, String method, String target, String body) throws IOException {
        try (var client = to(socket)) {
            return client.send(head(method, target, "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length)
                            + body)
                    .all();
        }
    }

    /** @param headers more of them, each on a line */
    static String head(String method, String target, String... headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: berth\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    /** What comes until the daemon closes the connection, gently or not. */
    String all() {
        var text = new StringBuilder();
        try {
            for (var read = in.read(); read >= 0; read = in.read()) {
                text.append((char) read);
            }
        } catch (IOException _) {
            // cut off
        }
        return text.toString();
    }

    /** Waits until that text has come. */
    void awaitText(String wanted) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(wanted) < 0) {
            var read = in.read();
            if (read < 0) {
                throw new IOException("the end came first: " + text);
            }
            text.append((char) read);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
