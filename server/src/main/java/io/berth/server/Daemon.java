package io.berth.server;

import io.berth.engine.Engine;
import io.berth.engine.Version;
import io.berth.engine.configuration.DaemonConfiguration;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonLock;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.wire.Api;
import io.berth.engine.wire.DaemonView;
import io.berth.server.http.HttpServer;
import io.berth.server.http.Route;
import io.berth.server.system.SocketFile;
import io.berth.server.task.Tasks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that others on this machine can use. Thread-safe. */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");

    private final DaemonConfiguration configuration;
    private final DaemonLock lock;
    private final DaemonSocket socket;
    private final Engine engine;
    private final Tasks tasks;
    private final HttpServer server;
    private final Rounds rounds;
    private final Instant since = Instant.now();

    private Daemon(DaemonConfiguration configuration, DaemonLock lock, DaemonSocket socket, Engine engine) {
        this.configuration = configuration;
        this.lock = lock;
        this.socket = socket;
        this.engine = engine;
        this.tasks =
                new Tasks(new Tasks.Limits(configuration.tasks(), configuration.remembered(), configuration.news()));
        SocketFile.prepare(socket, configuration.group());
        this.server = HttpServer.start(
                socket.path(),
                new HttpServer.Limits(
                        Math.toIntExact(configuration.body().bytes()),
                        configuration.connections(),
                        configuration.patience()),
                routes());
        SocketFile.open(socket, configuration.mode(), configuration.group());
        this.rounds = Rounds.begin(
                new Recovery(engine.upkeep(), tasks),
                configuration.recoverEvery(),
                new GarbageWatch(engine.upkeep()),
                configuration.garbageEvery());
    }

    /**
     * Listens from when this returns.
     *
     * @param opener opens the engine, once it is sure that there is no other daemon; closed with the daemon
     * @throws io.berth.driver.Failure {@code daemon.running} (CONFLICT), {@code daemon.no-lock}, {@code
     *     daemon.no-socket} (ENVIRONMENT), and what the opener throws
     */
    public static Daemon start(Home home, DaemonConfiguration configuration, Supplier<Engine> opener) {
        var lock = DaemonLock.take(home.state());
        try {
            var engine = opener.get();
            try {
                var daemon = new Daemon(configuration, lock, DaemonSocket.of(home), engine);
                LOG.info("event=ready version={} socket={}", Version.text(), daemon.socket.path());
                return daemon;
            } catch (RuntimeException failed) {
                engine.close();
                throw failed;
            }
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private List<Route> routes() {
        var bind = new Binding(tasks);
        return Stream.of(
                        bind.call(Api.DAEMON, none -> view()),
                        EngineRoutes.of(engine, bind),
                        TaskRoutes.of(tasks, bind))
                .flatMap(List::stream)
                .toList();
    }

    private DaemonView view() {
        return new DaemonView(
                Version.text(),
                ProcessHandle.current().pid(),
                since,
                tasks.running().size(),
                tasks.isStopping());
    }

    /** Where it listens. */
    public Path socket() {
        return socket.path();
    }

    /**
     * Takes no new work, ends what is under way as far as that can be, then everything. What isn't over then is in the
     * journal, for recovery. Call it once.
     */
    public void stop() throws InterruptedException {
        rounds.close();
        LOG.info("event=stopping tasks={}", tasks.running().size());
        var left = tasks.stop(configuration.finish(), configuration.undo());
        SocketFile.remove(socket);
        server.close();
        if (left.isEmpty()) {
            engine.close(); // otherwise the end of the process lets go what they hold
        }
        lock.close();
        LOG.info("event=stopped left={}", left.size());
    }
}
