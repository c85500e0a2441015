package io.berth.transport.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.driver.Cancellation;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many at once as a site may allow its driver. */
@Timeout(120)
class ManyScriptsTest {
    private static final int SCRIPTS = 200;

    /** One for each output, and two that wait for a process's end: the JDK's and ours. */
    private static final int THREADS_OF_ONE = 4;

    private static final int OTHER_THREADS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path gate;

    @BeforeEach
    void makeGate() throws Exception {
        gate = folder.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void whileAllOfThemWaitEverythingElseGoesOn() throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getThreadCount();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var scripts = Stream.generate(() -> callers.submit(this::waitAtTheGate))
                    .limit(SCRIPTS)
                    .toList();
            try {
                await().atMost(PATIENCE)
                        .until(() -> ProcessHandle.current().children().count() >= SCRIPTS);
                var other = new CountDownLatch(1);
                Thread.ofVirtual().start(other::countDown);

                assertThat(other.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(threads.getThreadCount() - before)
                        .isLessThanOrEqualTo(SCRIPTS * THREADS_OF_ONE + OTHER_THREADS);
            } finally {
                letIn(scripts);
            }

            assertThat(scripts)
                    .allSatisfy(script -> assertThat(script.get().output()).isEqualTo("was let in\n"));
        }
    }

    private ScriptResult waitAtTheGate() {
        var script = ": <\"$1\"; echo was let in";
        return new ThisMachine(ScriptLimits.longest(PATIENCE.multipliedBy(2)))
                .run(ScriptCall.of("/bin/sh", List.of("-c", script, "sh", gate.toString()), ""), Cancellation.never());
    }

    /** The gate is a named pipe: opening it waits until another has opened it for writing. */
    private void letIn(List<Future<ScriptResult>> scripts) throws Exception {
        try (var _ = new RandomAccessFile(gate.toFile(), "rw")) {
            for (var script : scripts) {
                script.get();
            }
        }
    }
}
