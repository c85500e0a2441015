package io.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Front-ends that know nothing of each other, at one VM on one host at the same time. */
@Timeout(120)
final class GuardRaceTest {
    private static final int ROUNDS = 25;

    @TempDir
    Path state;

    private final VmRef vm = LocalHost.newVm();

    @RepeatedTest(3)
    void nothingOlderStartsOnceRaiseHasReturned() throws Exception {
        var trace = Files.createFile(state.resolve("trace"));
        var epoch = new AtomicInteger(1);
        var stop = new AtomicBoolean();
        var answered = new AtomicInteger();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor();
                var owner = LocalHost.anotherFrontEnd(state)) {
            List<Future<?>> stale = new ArrayList<>();
            for (var frontEnd = 0; frontEnd < 3; frontEnd++) {
                stale.add(tasks.submit(() -> runUntil(stop, epoch, trace, answered)));
            }
            try {
                raiseAgainAndAgain(owner, trace, epoch);
            } finally {
                // Also when it failed: closing the tasks waits for them.
                stop.set(true);
            }
            for (var each : stale) {
                each.get();
            }
        }
        assertThat(answered).hasPositiveValue();
        assertTraceNeverGoesBack(trace);
    }

    private void raiseAgainAndAgain(Transports owner, Path trace, AtomicInteger epoch) throws Exception {
        var guard = new HelperGuard(owner);
        for (var round = 2; round < ROUNDS; round++) {
            var token = LocalHost.token(vm, round, "operation" + round);
            if (guard.raise(LocalHost.HOST, token).running().isPresent()) {
                guard.evict(LocalHost.HOST, token);
            }
            var before = Files.size(trace);
            // Its own mark: whatever comes after it must not be of an older epoch.
            epoch.set(round);
            owner.run(LocalHost.HOST, HostCommand.reading("sh", "-c", "echo raised " + round + " >> " + trace));
            assertNothingOlder(trace, before, round);
        }
    }

    private void runUntil(AtomicBoolean stop, AtomicInteger epoch, Path trace, AtomicInteger answered) {
        try (var frontEnd = LocalHost.anotherFrontEnd(state)) {
            while (!stop.get()) {
                var mine = epoch.get();
                var call = LocalHost.call(vm, mine, "operation" + mine);
                try {
                    var script = "echo " + mine + " >> " + trace + "; sleep 0.01";
                    frontEnd.run(LocalHost.HOST, HostCommand.changing(call, "sh", "-c", script));
                    answered.incrementAndGet();
                } catch (Failure refused) {
                    assertThat(refused.code()).isIn("guard.refused", "guard.busy");
                }
            }
        }
    }

    private static void assertNothingOlder(Path trace, long from, int epoch) throws Exception {
        var tail = Files.readString(trace).substring((int) from);
        assertThat(tail.lines().filter(line -> !line.startsWith("raised")).map(Integer::valueOf))
                .allMatch(seen -> seen >= epoch);
    }

    private static void assertTraceNeverGoesBack(Path trace) throws Exception {
        var highest = 0;
        for (var line : Files.readAllLines(trace)) {
            if (line.startsWith("raised ")) {
                highest = Integer.parseInt(line.substring("raised ".length()));
            } else {
                assertThat(Integer.parseInt(line)).isGreaterThanOrEqualTo(highest);
            }
        }
    }

    @Test
    void ofManyOperationsOneAtATimeIsInside() throws Exception {
        var inside = state.resolve("inside");
        var problems = new CopyOnWriteArrayList<String>();
        var entered = new AtomicInteger();
        List<Future<?>> visitors = new ArrayList<>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < 6; number++) {
                var operation = "operation" + number;
                visitors.add(tasks.submit(() -> {
                    try (var frontEnd = LocalHost.anotherFrontEnd(state)) {
                        for (var round = 0; round < 25; round++) {
                            // mkdir fails when somebody else is inside.
                            var script = "mkdir " + inside + " && rmdir " + inside;
                            try {
                                var command =
                                        HostCommand.changing(LocalHost.call(vm, 1, operation), "sh", "-c", script);
                                var result = frontEnd.run(LocalHost.HOST, command);
                                entered.incrementAndGet();
                                if (!result.succeeded()) {
                                    problems.add(result.errorOutput());
                                }
                            } catch (Failure busy) {
                                if (!busy.is("guard.busy")) {
                                    problems.add(busy.getMessage());
                                }
                            }
                        }
                    }
                }));
            }
            for (var visitor : visitors) {
                visitor.get();
            }
        }
        assertThat(problems).isEmpty();
        assertThat(entered).hasPositiveValue();
    }
}
