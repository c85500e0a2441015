package io.berth.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LinuxMachineTest {
    private final LinuxMachine machine = new LinuxMachine();

    @Test
    void thisProcessRunsUnderItsOwnStartTimeOnly() {
        var self = ProcessOwner.current();

        assertThat(machine.runs(self.pid(), self.started())).isTrue();
        assertThat(machine.runs(self.pid(), self.started() - 1)).isFalse();
        assertThat(self.machine()).isEqualTo(machine.identity());
        assertThat(self.name()).contains("-" + ProcessHandle.current().pid() + "-");
        assertThat(ProcessOwner.current().name()).isNotEqualTo(self.name());
    }

    @Test
    void processRunsUntilItHasEnded() throws IOException, InterruptedException {
        var process = new ProcessBuilder("cat").start();
        var started = LinuxMachine.started(process.pid()).orElseThrow();
        assertThat(machine.runs(process.pid(), started)).isTrue();

        process.outputWriter().close();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(machine.runs(process.pid(), started)).isFalse();
    }

    @Test
    void processThatIsStoppedOrHasAnUglyNameStillRuns() throws IOException, InterruptedException {
        var script = "printf ') Z 1 (' > /proc/$$/comm; echo ready; read nothing";
        var process = new ProcessBuilder("sh", "-c", script).start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            var started = LinuxMachine.started(process.pid()).orElseThrow();
            assertThat(machine.runs(process.pid(), started)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void deadProcessThatNobodyHasWaitedForIsDead() throws IOException {
        // The shell becomes a program that never waits for the child it inherits.
        var script = "exec 3<&0; head -c 1 <&3 >/dev/null & echo $!; exec sleep 60";
        var process = new ProcessBuilder("sh", "-c", script).start();
        try {
            var child = Long.parseLong(process.inputReader().readLine());
            var started = LinuxMachine.started(child).orElseThrow();
            await().until(() -> Files.readString(Path.of("/proc/" + process.pid() + "/comm"))
                    .startsWith("sleep"));
            assertThat(machine.runs(child, started)).isTrue();

            process.getOutputStream().write('x');
            process.getOutputStream().flush();
            await().until(() -> !machine.runs(child, started));
            assertThat(LinuxMachine.started(child)).hasValue(started);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void uptimeGoesOn() {
        var before = machine.uptimeMillis();

        assertThat(before).isPositive();
        assertThat(machine.uptimeMillis()).isGreaterThanOrEqualTo(before);
    }
}
