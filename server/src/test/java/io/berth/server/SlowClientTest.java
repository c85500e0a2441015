package io.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.driver.DataSize;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import io.berth.engine.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow or vanish cost nobody anything but themselves. */
@Timeout(120)
class SlowClientTest {
    private static final String LIMITS = "patience: 1s\n  connections: 2\n  finish-time: 0s\n  undo-time: 5s";
    private static final String LIST = RawClient.head("GET", "/v1/machines");

    @TempDir
    Path folder;

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        over.countDown();
        for (var each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void whoSendsHalfAHeadIsCutOff() throws IOException {
        var daemon = daemon(LIMITS);
        for (var half : new String[] {"GE", "GET /v1/mach", LIST.substring(0, LIST.length() - 2)}) {
            assertThat(client(daemon).send(half).all()).doesNotContain("200 OK");
        }
        assertWell(daemon);
    }

    @Test
    void whoSendsHalfABodyIsCutOff() throws IOException {
        var daemon = daemon(LIMITS);
        var head = RawClient.head("POST", "/v1/requests/suspend", "Content-Length: 12");

        assertThat(client(daemon).send(head + "{\"vm\":").all()).doesNotContain("202");

        assertWell(daemon);
        assertThat(daemon.engine.machines.suspended).isEmpty();
    }

    @Test
    void whoAsksNothingIsCutOff() throws IOException {
        var daemon = daemon(LIMITS);

        assertThat(client(daemon).all()).isEmpty();
    }

    @Test
    void whoTakesNothingOfALongAnswerIsCutOff() throws IOException {
        var daemon = daemon(LIMITS);
        daemon.engine.machines.views.addAll(Collections.nCopies(30_000, Samples.running("web")));
        var lazy = client(daemon).send(LIST);
        lazy.awaitText("200 OK");
        client(daemon).send(LIST).awaitText("200 OK");

        daemon.engine.machines.views.clear();
        assertWell(daemon); // there are two connections, and both were theirs
        assertThat(lazy.all()).as("the answer's end").doesNotContain("\"silent\"");
    }

    @Test
    void whoFollowsAndVanishesLeavesNothingBehind() throws Exception {
        var daemon = daemon(LIMITS);
        var talking = new CountDownLatch(1);
        daemon.engine.machines.outcome = (name, watch) -> {
            begin(watch);
            talking.countDown();
            for (var step = 1; over.getCount() > 0; step++) {
                say(watch, step);
                pause();
            }
            return Samples.report(name);
        };
        var task = suspend(daemon);
        talking.await();
        for (var round = 0; round < 5; round++) {
            for (var follower = 0; follower < 2; follower++) {
                try (var client = RawClient.to(daemon.socket())) {
                    client.send(RawClient.head("GET", "/v1/tasks/" + task + "/events"));
                    client.awaitText("event: step-begins");
                }
            }
        }

        assertWell(daemon);
        assertThat(RawClient.exchange(daemon.socket(), "GET", "/v1/tasks/" + task, ""))
                .as("the task goes on without them")
                .contains("\"state\":\"running\"");
    }

    @Test
    void whoFollowsAndTakesNothingHoldsNobodyUp() throws Exception {
        var daemon = daemon(LIMITS);
        daemon.engine.machines.outcome = (name, watch) -> {
            begin(watch);
            for (var step = 1; step < 9_000; step++) {
                say(watch, step);
            }
            return Samples.report(name);
        };
        var task = suspend(daemon);
        var lazy = client(daemon).send(RawClient.head("GET", "/v1/tasks/" + task + "/events"));

        await().until(() -> RawClient.exchange(daemon.socket(), "GET", "/v1/tasks/" + task, "")
                .contains("\"state\":\"ended\""));
        client(daemon).send(RawClient.head("GET", "/v1/tasks/" + task + "/events"));
        assertWell(daemon); // both connections were theirs
        assertThat(lazy.all()).as("the last news").doesNotContain("event: ended");
    }

    @Test
    void whoStartedSomethingAndVanishesIsFoundByTheNextOne() throws Exception {
        var daemon = daemon(LIMITS);
        var begun = new CountDownLatch(1);
        daemon.engine.machines.outcome = (name, watch) -> {
            begin(watch);
            begun.countDown();
            await().until(() -> over.getCount() == 0);
            watch.events().accept(new EngineEvent.OperationEnds(Samples.OPERATION, OperationState.SUCCEEDED, ""));
            return Samples.report(name);
        };
        try (var client = RawClient.to(daemon.socket())) {
            client.send(RawClient.head("POST", "/v1/requests/suspend", "Content-Length: 12") + "{\"vm\":\"web\"}");
            begun.await();
        }

        var next = client(daemon).send(RawClient.head("GET", "/v1/operations/" + Samples.OPERATION + "/events"));
        next.awaitText("event: operation-begins");
        over.countDown();
        next.awaitText("event: operation-ends");
        next.awaitText("event: ended");
    }

    @Test
    void manyWhoFollowAllHearEverything() throws Exception {
        var daemon = daemon("connections: 256");
        var followers = 100;
        var listening = new CountDownLatch(followers);
        daemon.engine.machines.outcome = (name, watch) -> {
            begin(watch);
            await().atMost(Duration.ofMinutes(1)).until(() -> listening.getCount() == 0);
            for (var step = 1; step <= 50; step++) {
                say(watch, step);
            }
            return Samples.report(name);
        };
        var task = suspend(daemon);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heard = new ArrayList<Future<String>>();
            for (var follower = 0; follower < followers; follower++) {
                heard.add(threads.submit(() -> {
                    var client = RawClient.to(daemon.socket());
                    try (client) {
                        client.send(RawClient.head("GET", "/v1/tasks/" + task + "/events"));
                        client.awaitText("event: operation-begins");
                        listening.countDown();
                        return client.all();
                    }
                }));
            }
            for (var each : heard) {
                assertThat(texts(each)).contains("step 1 of it", "step 50 of it", "event: ended");
            }
        }
    }

    @Test
    void newsThatAreNotKeptAnyMoreAreSaidToBeMissed() throws Exception {
        var daemon = daemon("news: 10");
        daemon.engine.machines.outcome = (name, watch) -> {
            begin(watch);
            for (var step = 1; step <= 100; step++) {
                say(watch, step);
                watch.events().accept(new EngineEvent.BytesMoved(Samples.OPERATION, new DataSize(step), DataSize.ZERO));
            }
            return Samples.report(name);
        };
        var task = suspend(daemon);

        var heard = client(daemon)
                .send(RawClient.head("GET", "/v1/tasks/" + task + "/events"))
                .all();

        assertThat(heard)
                .contains("event: missed", "step 100 of it", "event: ended")
                .doesNotContain("step 50 of it")
                .containsOnlyOnce("event: bytes-moved");
    }

    @Test
    void moreTasksThanThereMayBeAreRefusedAndOldOnesForgotten() throws Exception {
        var daemon = daemon("tasks: 1\n  remembered-tasks: 1\n  finish-time: 0s");
        daemon.engine.machines.outcome = (name, watch) -> {
            begin(watch);
            await().until(() -> name.equals("db") || over.getCount() == 0);
            return Samples.report(name);
        };
        var first = suspend(daemon);

        assertThat(start(daemon, "web")).contains("503", "daemon.busy", "daemon.tasks");

        over.countDown();
        await().until(() -> task(daemon, first).contains("\"state\":\"ended\""));
        for (var more = 0; more < 3; more++) {
            await().until(() -> start(daemon, "db").contains("202"));
        }
        assertThat(task(daemon, first)).contains("404", "task.unknown");
    }

    private DaemonFixture daemon(String limits) throws IOException {
        var daemon = DaemonFixture.in(folder, limits);
        open.add(daemon);
        open.add(over::countDown);
        return daemon;
    }

    private RawClient client(DaemonFixture daemon) throws IOException {
        var client = RawClient.to(daemon.socket());
        open.add(client);
        return client;
    }

    private static String task(DaemonFixture daemon, String task) throws IOException {
        return RawClient.exchange(daemon.socket(), "GET", "/v1/tasks/" + task, "");
    }

    private static String start(DaemonFixture daemon, String vm) throws IOException {
        return RawClient.exchange(daemon.socket(), "POST", "/v1/requests/suspend?wait=0", "{\"vm\":\"" + vm + "\"}");
    }

    private static String suspend(DaemonFixture daemon) throws IOException {
        return start(daemon, "web").replaceAll("(?s).*\"task\":\"([a-z0-9]+)\".*", "$1");
    }

    /** It answers whoever comes next. */
    private static void assertWell(DaemonFixture daemon) throws IOException {
        assertThat(RawClient.exchange(daemon.socket(), "GET", "/v1/machines", ""))
                .contains("200 OK", "\"silent\"");
    }

    private static void begin(Watch watch) {
        watch.events().accept(new EngineEvent.OperationBegins(Samples.OPERATION, "suspend", Samples.vm("web"), 3));
    }

    private static void say(Watch watch, int step) {
        watch.events()
                .accept(new EngineEvent.StepBegins(
                        Samples.OPERATION, step, "save", "step " + step + " of it", Direction.FORWARD));
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String texts(Future<String> heard) throws InterruptedException {
        try {
            return heard.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }
}
