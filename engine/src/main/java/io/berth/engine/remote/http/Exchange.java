package io.berth.engine.remote.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request and its answer, on a connection of their own. Whoever closes it, from any thread, ends a read that waits.
 */
public final class Exchange implements AutoCloseable {
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;

    private final SocketChannel channel;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    private Exchange(SocketChannel channel, int status, Map<String, String> headers, InputStream body) {
        this.channel = channel;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Connects, and nothing else.
     *
     * @throws IOException when nobody listens
     */
    public static SocketChannel connect(Path socket) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /**
     * Sends the request and reads the head of the answer.
     *
     * @param channel closed with the exchange, or when this fails
     * @throws IOException when the connection breaks or isn't HTTP; whether the request was heard isn't known then
     */
    public static Exchange of(SocketChannel channel, Request request) throws IOException {
        try {
            var bytes = ByteBuffer.wrap(request.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            var in = new BufferedInputStream(Channels.newInputStream(channel));
            var status = status(line(in));
            var headers = headers(in);
            return new Exchange(channel, status, headers, body(in, headers));
        } catch (IOException broken) {
            channel.close();
            throw broken;
        }
    }

    public int status() {
        return status;
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Ends where the answer ends; one that is cut off fails with an {@link IOException}. */
    public InputStream body() {
        return body;
    }

    /** @throws IOException also when it is longer than that */
    public String text(int longest) throws IOException {
        var bytes = body.readNBytes(longest + 1);
        if (bytes.length > longest) {
            throw new IOException("the answer is longer than " + longest + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.1 [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("what answers doesn't speak HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon < 1 || headers.size() == MOST_HEADERS) {
                throw new IOException("the answer has headers that can't be");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static InputStream body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new ChunkedInput(in);
        }
        var length = headers.get("content-length");
        if (length == null) {
            return in; // until the connection ends
        }
        try {
            return new BoundedInput(in, Long.parseLong(length));
        } catch (NumberFormatException wrong) {
            throw new IOException("the answer has no length that can be", wrong);
        }
    }

    /** Up to the line's end, which is taken and left out. */
    static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0 || line.length() == LONGEST_LINE) {
                throw new IOException("the answer is cut off, or no HTTP");
            }
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // What was wanted of it is here, or isn't wanted any more.
        }
    }
}
