package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.cli.Main;
import io.berth.core.operation.SuspendRequest;
import io.berth.engine.Watch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Engines that stop, or are stopped, in the middle of a save, and what they do when they come back. */
@ExtendWith(LabExtension.class)
class StalledEngineLabTest {
    private final Site site;
    private final Ferry ferry;

    StalledEngineLabTest(Site site) {
        this.site = site;
        this.ferry = new Ferry(site);
    }

    /** An engine that stands still longer than its lease lasts is taken over, and does no harm when it goes on. */
    @Test
    void anEngineThatStoodStillIsTakenOverAndRefusedAfterwards() throws IOException {
        var here = ferry.running();
        var before = ferry.hear();
        var stalled = startMoving();
        signal(stalled.process(), "STOP");

        Waiting.until("the stalled engine's lease runs out", Duration.ofSeconds(60), this::isTakenOver);
        ferry.goesOn(before);
        // And the next operation is under way when the stalled one wakes up.
        Ferry.requireSuccess(ferry.suspend(SuspendRequest.of(ferry.name())));
        signal(stalled.process(), "CONT");
        var last = stalled.lines().lines().reduce("", (one, other) -> other);
        stalled.process().onExit().join();

        assertThat(last).doesNotStartWith("SUCCEEDED");
        ferry.assertSuspended();
        Ferry.requireSuccess(ferry.resume(here));
        ferry.assertGoesOnAt(here, before);
    }

    private boolean isTakenOver() {
        return site.engine().upkeep().recover(Set.of(), Watch.none()).stream()
                .filter(one -> one.operation().vm().name().equals(ferry.name()))
                .allMatch(one -> one.obstacle().isEmpty());
    }

    @Test
    void anEngineKilledWhileMemoryMovesIsPutRightByTheCommandLine() throws IOException {
        var here = ferry.running();
        var before = ferry.hear();
        var killed = startMoving();
        killed.process().destroyForcibly().onExit().join();

        ChildEngine.run(Main.class, "--home", site.folder().toString(), "recover")
                .orFail();

        ferry.assertGoesOnAt(here, before);
    }

    private record Moving(Process process, BufferedReader lines) {}

    private Moving startMoving() throws IOException {
        var process = ChildEngine.start(StalledEngine.class, site.folder().toString(), ferry.name());
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(StalledEngine.MOVING)) {
                return new Moving(process, lines);
            }
        }
        throw new AssertionError("the save never began");
    }

    private static void signal(Process process, String name) {
        Program.run(
                        List.of("kill", "-" + name, Long.toString(process.pid())),
                        Map.of(),
                        new byte[0],
                        Duration.ofSeconds(5))
                .orFail();
    }
}
