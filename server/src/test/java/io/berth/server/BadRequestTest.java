package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent is refused with a failure that says what is wrong, and the daemon goes on. */
@Timeout(60)
class BadRequestTest {
    private static final String SUSPEND = "/v1/requests/suspend";

    @TempDir
    Path folder;

    private DaemonFixture daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = DaemonFixture.in(folder, "body: 8K\n  patience: 5s");
    }

    @AfterEach
    void isWellAndEnds() throws IOException {
        try (var _ = daemon) {
            assertThat(ask("GET", "/v1/machines", "")).contains("200 OK");
            assertThat(daemon.engine.machines.suspended).as("nothing was done").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "nonsense",
                "[]",
                "\"web\"",
                "{}",
                "{\"vm\":null}",
                "{\"vm\":7}",
                "{\"vm\":{\"name\":\"web\"}}",
                "{\"vm\":\"web\",\"vm\":\"db\"}",
                "{\"vm\":\"web\"} {}",
                "{\"vm\":\"web\",}",
                "{'vm':'web'}",
                "{\"vm\":\"web\",\"checksum\":\"yes\"}",
                "{\"vm\":\"web\",\"checksum\":1}",
                "{\"vm\":\"web\",\"writer\":\"STREAM\"}",
                "{\"vm\":\"web\",\"writer\":\"none\"}",
                "{\"vm\":\"web\",\"volume_size\":1.5}",
                "{\"vm\":\"web\",\"volume_size\":-1}",
                "{\"vm\":\"web\",\"volume_size\":\"1G\"}",
                "{\"vm\":\"web\",\"volume_size\":99999999999999999999}",
                "{\"vm\":\"web\",\"volume_size\":9999999999999999999999999999999999}",
                "{\"vm\":\"we\nb\"}",
                "/* web */ {\"vm\":\"web\"}",
            })
    void aBodyThatIsNoSuchRequest(String body) throws IOException {
        assertRefused(ask("POST", SUSPEND, body), 400, "request.bad");
    }

    @Test
    void aHostThatNobodyCanHave() throws IOException {
        assertRefused(ask("POST", SUSPEND, "{\"vm\":\"web\",\"host\":\"../../etc\"}"), 400, "host.bad-name");
    }

    @Test
    void aFieldThatIsUnknownWithTheOneThatWasMeant() throws IOException {
        assertRefused(ask("POST", SUSPEND, "{\"vm\":\"web\",\"chekcsum\":true}"), 400, "request.bad", "'checksum'?");
    }

    @Test
    void aBodyThatIsNoText() throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            var bytes = "{\"vm\":\"w?b\"}".getBytes(StandardCharsets.UTF_8);
            bytes[8] = (byte) 0xff;
            client.send(RawClient.head("POST", SUSPEND, "Content-Length: " + bytes.length));
            assertRefused(client.send(bytes).all(), 400, "request.bad", "UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 8000})
    void aBodyThatIsTooDeep(int depth) throws IOException {
        assertRefused(ask("POST", SUSPEND, "[".repeat(depth)), 400, "request.bad");
        assertRefused(ask("POST", SUSPEND, "{\"vm\":".repeat(Math.min(depth, 1_300))), 400, "request.bad");
    }

    @Test
    void aBodyThatIsTooLargeBeforeAByteOfItIsSent() throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            var answer = client.send(RawClient.head("POST", SUSPEND, "Content-Length: 8193"))
                    .all();
            assertRefused(answer, 413, "request.too-large", "daemon.body");
        }
    }

    @Test
    void aBodyOfUnknownLength() throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            var answer = client.send(RawClient.head("POST", SUSPEND, "Transfer-Encoding: chunked")
                            + "c\r\n{\"vm\":\"web\"}\r\n0\r\n\r\n")
                    .all();
            assertRefused(answer, 411, "request.no-length");
        }
    }

    @Test
    void aBodyWhoseLengthIsSaidTwice() throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            assertThat(client.send(RawClient.head("POST", SUSPEND, "Content-Length: 12", "Content-Length: 3")
                                    + "{\"vm\":\"web\"}")
                            .all())
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404, request.unknown-path",
        "GET, /v2/machines, 404, request.unknown-path",
        "GET, /v1/machines/, 404, request.unknown-path",
        "GET, /v1/machines/a/b/c, 404, request.unknown-path",
        "GET, /v1/machines/../hosts, 404, request.unknown-path",
        "POST, /v1/requests/explode, 404, request.unknown-path",
        "DELETE, /v1/machines, 405, request.wrong-method",
        "GET, /v1/requests/suspend, 405, request.wrong-method",
        "PATCH, /v1/hosts/h1, 405, request.wrong-method",
        "GET, /v1/machines/nobody, 404, vm.unknown",
        "GET, /v1/machines/%00, 404, vm.unknown",
        "GET, /v1/checkpoints/nothing, 404, checkpoint.unknown",
        "GET, /v1/operations/01jq0000000000zzzz, 404, operation.unknown",
        "POST, /v1/operations/01jq0000000000zzzz/cancel, 404, operation.unknown",
        "GET, /v1/operations/01jq0000000000zzzz/events, 400, operation.not-here",
        "GET, /v1/operations/UPPER, 400, operation.bad-id",
        "GET, /v1/operations/UPPER/events, 400, operation.bad-id",
        "GET, /v1/tasks/none, 404, task.unknown",
        "DELETE, /v1/tasks/none, 404, task.unknown",
        "GET, /v1/tasks/none/events, 404, task.unknown",
        "GET, /v1/machines?all=true, 400, request.bad",
        "GET, /v1/operations?limit=0, 400, request.bad",
        "GET, /v1/operations?limit=many, 400, request.bad",
        "GET, /v1/operations?limit=1&limit=2, 400, request.bad",
        "GET, /v1/operations?vm=web, 400, request.bad",
        "GET, /v1/machines/web?name=db, 400, request.bad",
        "POST, /v1/garbage?delete=true, 400, request.bad",
        "POST, /v1/rebuild?x=1, 400, request.bad",
        "DELETE, /v1/hosts/h1?only_forget=yes, 400, request.bad",
    })
    void whatIsNotThereOrNotSo(String method, String target, int status, String code) throws IOException {
        assertRefused(ask(method, target, ""), status, code);
    }

    @Test
    void whatStandsInTheQueryOfARequestAndIsUnknown() throws IOException {
        var body = "{\"vm\":\"web\"}";

        assertRefused(ask("POST", SUSPEND + "?wait=61", body), 400, "request.bad");
        assertRefused(ask("POST", SUSPEND + "?wait=-1", body), 400, "request.bad");
        assertRefused(ask("POST", SUSPEND + "?dry_run=true", body), 400, "request.bad", "dry_run");
        assertRefused(ask("POST", "/v1/plans/suspend?wait=1", body), 400, "request.bad");
    }

    @Test
    void anotherVersionOfBerth() throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            var answer = client.send(RawClient.head("GET", "/v1/machines", "Berth-Version: 99.0"))
                    .all();
            assertRefused(answer, 503, "daemon.other-version", "99.0");
        }
    }

    @Test
    void anEventIdThatIsNoNumber() throws IOException {
        var over = new CountDownLatch(1);
        daemon.engine.machines.outcome = (name, watch) -> {
            await().until(() -> over.getCount() == 0);
            return Samples.report(name);
        };
        var started = ask("POST", "/v1/requests/stop?wait=0", "{\"vm\":\"web\"}");
        var task = started.replaceAll("(?s).*\"task\":\"([a-z0-9]+)\".*", "$1");
        try (var client = RawClient.to(daemon.socket())) {
            var answer = client.send(RawClient.head("GET", "/v1/tasks/" + task + "/events", "Last-Event-ID: soon"))
                    .all();
            assertRefused(answer, 400, "request.bad", "Last-Event-ID");
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET /v1/machines HTTP/9.9\r\n\r\n",
                "GET /v1/machines/%zz HTTP/1.1\r\nHost: b\r\n\r\n",
                "GET /v1/machines HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /v1/machines HTTP/1.1\r\nHost: b\r\nContent-Length: -1\r\n\r\n",
                "GET /v1/machines HTTP/1.1\r\nHost: b\r\nContent-Length: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            })
    void whatIsNoHttpIsRefusedOrCutOff(String sent) throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            assertThat(client.send(sent).all()).doesNotContain("200 OK");
        }
    }

    @Test
    void aHeadWithoutEndIsCutOff() throws IOException {
        try (var client = RawClient.to(daemon.socket())) {
            client.send("GET /v1/machines HTTP/1.1\r\nX: ");
            assertThat(sendUntilCutOff(client)).isLessThan(10 << 20);
        }
    }

    private static long sendUntilCutOff(RawClient client) {
        var piece = "a".repeat(1 << 14);
        var sent = 0L;
        try {
            while (sent < 100 << 20) {
                client.send(piece);
                sent += piece.length();
            }
        } catch (IOException _) {
            // at last
        }
        return sent;
    }

    private String ask(String method, String target, String body) throws IOException {
        return RawClient.exchange(daemon.socket(), method, target, body);
    }

    private static void assertRefused(String answer, int status, String code, String... more) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"code\":\"" + code + "\"")
                .contains("\"next\":");
        assertThat(List.of(more)).allSatisfy(text -> assertThat(answer).contains(text));
    }
}
