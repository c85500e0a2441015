package io.berth.lab;

import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.remote.Patience;
import io.berth.engine.remote.RemoteEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code berth serve} as it was built, in a process of its own. */
final class BuiltDaemon implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final Path socket;
    private final RemoteEngine engine;

    private BuiltDaemon(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
        this.engine = new RemoteEngine(socket);
    }

    /** Returns when it is ready. */
    static BuiltDaemon start(Path home) {
        try {
            var process = new ProcessBuilder(command().toString(), "--home", home.toString(), "serve", "-v")
                    .redirectErrorStream(true)
                    .start();
            var line = process.inputReader().readLine();
            if (line == null || !line.startsWith("ready")) {
                process.destroyForcibly();
                throw new AssertionError("the daemon says: " + line);
            }
            return new BuiltDaemon(process, DaemonSocket.of(Home.in(home)).path());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The command that starts it. */
    static Path command() {
        return LabExtension.root().resolve("target/dist/bin/berth");
    }

    RemoteEngine engine() {
        return engine;
    }

    /** That waits for it, however silent it is. */
    RemoteEngine patientEngine() {
        var time = Duration.ofMinutes(5);
        return new RemoteEngine(socket, new Patience(time, time, time));
    }

    /** Nothing of it runs on until {@link #goOn}. */
    void standStill() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        Program.run(
                        List.of("kill", "-" + name, Long.toString(process.pid())),
                        Map.of(),
                        new byte[0],
                        Duration.ofSeconds(PATIENCE_SECONDS))
                .orFail();
    }

    /** SIGKILL. Returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, as whoever stops it does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("the daemon doesn't end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            kill();
        }
    }
}
