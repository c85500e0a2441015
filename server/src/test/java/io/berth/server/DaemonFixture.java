package io.berth.server;

import io.berth.engine.Engine;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.remote.RemoteEngine;
import io.berth.engine.testkit.FakeEngine;
import io.berth.server.system.ServiceManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A daemon on a real socket, with a fake engine behind it. */
final class DaemonFixture implements AutoCloseable {
    final FakeEngine engine;
    final Home home;
    private final Daemon daemon;

    private DaemonFixture(Home home, FakeEngine engine, String configuration, ServiceManager manager)
            throws IOException {
        this.home = home;
        this.engine = engine;
        this.daemon = Daemon.start(home, configuration(home, configuration), manager, () -> engine);
    }

    static DaemonFixture in(Path folder) throws IOException {
        return in(folder, "finish-time: 0s\n  undo-time: 5s");
    }

    /** @param configuration lines of the section {@code daemon} */
    static DaemonFixture in(Path folder, String configuration) throws IOException {
        return of(folder, new FakeEngine(), configuration);
    }

    static DaemonFixture of(Path folder, FakeEngine engine, String configuration) throws IOException {
        return new DaemonFixture(Home.in(folder), engine, configuration, ServiceManager.none());
    }

    /** @param manager hears of it */
    static DaemonFixture under(ServiceManager manager, Path folder) throws IOException {
        return new DaemonFixture(Home.in(folder), new FakeEngine(), "finish-time: 0s\n  undo-time: 5s", manager);
    }

    private static Configuration configuration(Home home, String lines) throws IOException {
        Files.createDirectories(home.state());
        Files.writeString(home.configuration(), lines.isEmpty() ? "" : "daemon:\n  " + lines + "\n");
        return Configuration.read(home.configuration());
    }

    Engine client() {
        return new RemoteEngine(socket());
    }

    Path socket() {
        return DaemonSocket.of(home).path();
    }

    /** With whatever is under way. */
    void end() {
        try {
            daemon.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }
}
