package io.berth.opennebula.testkit;

import io.berth.driver.xml.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for OpenNebula's core behind its XML-RPC port, on a port of the loopback. It is no oned: it knows what a test
 * told it to say, in the shapes that OpenNebula documents, and can answer wrongly in every way.
 */
public final class StandInCore implements AutoCloseable {
    public static final String SESSION = "oneadmin:not-a-real-password<&>";

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    /** As many may wait at once: who finds more waiting is turned away by the kernel, some of them with a reset. */
    private static final int CALLERS = 1024;

    private final ServerSocket socket;
    private final Thread acceptor;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** What it does when a call has been read. */
    @FunctionalInterface
    public interface Reply {
        void to(OutputStream caller) throws IOException;
    }

    public StandInCore() throws IOException {
        socket = new ServerSocket(0, CALLERS, InetAddress.getLoopbackAddress());
        acceptor = Thread.ofPlatform().daemon().name("stand-in-core").start(this::acceptAll);
    }

    /** Variables that lead OpenNebula's commands here, with a session that is accepted. */
    public Map<String, String> environment(Path folder) throws IOException {
        var auth = folder.resolve("one_auth");
        Files.writeString(auth, SESSION + "\n");
        return Map.of("ONE_XMLRPC", endpoint(), "ONE_AUTH", auth.toString());
    }

    public String endpoint() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/RPC2";
    }

    /** @param call method and arguments behind the session: {@code one.vm.info 42} */
    public void says(String call, String text) {
        replies.put(call, whole(answer(true, text, 0)));
    }

    public void refuses(String call, int code, String text) {
        replies.put(call, whole(answer(false, text, code)));
    }

    public void replies(String call, Reply reply) {
        replies.put(call, reply);
    }

    /** A whole answer of HTTP. */
    public static Reply whole(String body) {
        return out -> out.write(http("200 OK", body));
    }

    public static byte[] http(String status, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 %s\r\nContent-Type: text/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, bytes.length)
                .getBytes(StandardCharsets.US_ASCII);
        var all = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        return all;
    }

    /** As the core's library writes it. */
    public static String answer(boolean success, String text, int code) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <methodResponse>
            <params>
            <param><value><array><data>
            <value><boolean>%d</boolean></value>
            <value><string>%s</string></value>
            <value><i4>%d</i4></value>
            </data></array></value></param>
            </params>
            </methodResponse>
            """.formatted(success ? 1 : 0, escaped(text), code);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** What it was asked, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private void acceptAll() {
        try {
            while (!socket.isClosed()) {
                var connection = socket.accept();
                connections.add(connection);
                Thread.ofPlatform().daemon().name("stand-in-core-call").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var call = Xml.parse(body(connection.getInputStream())).getDocumentElement();
            var values = Xml.at(call, "params", "param", "value").stream()
                    .map(value -> value.getTextContent().strip())
                    .toList();
            var line = Xml.text(call, "methodName").orElseThrow()
                    + values.stream().skip(1).map(value -> " " + value).collect(Collectors.joining());
            calls.add(line);
            reply(values.getFirst(), line).to(connection.getOutputStream());
        } catch (IOException hungUp) {
            return;
        }
    }

    private Reply reply(String session, String line) {
        if (!session.equals(SESSION)) {
            return whole(answer(false, "User couldn't be authenticated, aborting call.", 0x100));
        }
        return replies.getOrDefault(
                line, whole(answer(false, "[" + line.replace(' ', ']') + " nobody told the stand-in", 0x400)));
    }

    private static byte[] body(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var read = in.read();
            if (read < 0) {
                throw new IOException("no call came");
            }
            head.append((char) read);
        }
        var length = LENGTH.matcher(head.toString().toLowerCase(Locale.ROOT));
        return length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
        awaitLastCaller();
        for (var connection : connections) {
            connection.close();
        }
    }

    /** Until the thread that waits for callers has noticed, the kernel lets one more in. */
    private void awaitLastCaller() throws IOException {
        try {
            acceptor.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
