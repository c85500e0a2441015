package io.berth.server;

import io.berth.driver.Failure;
import io.berth.engine.Engine;
import io.berth.engine.Version;
import io.berth.engine.configuration.Configuration;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonLock;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.remote.RemoteEngine;
import io.berth.engine.wire.DaemonView;
import io.berth.engine.wire.HealthView;
import io.berth.server.http.HttpServer;
import io.berth.server.metrics.Metrics;
import io.berth.server.metrics.Tally;
import io.berth.server.system.ServiceManager;
import io.berth.server.system.SocketFile;
import io.berth.server.task.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that others on this machine can use. Thread-safe. */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");

    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private final Configuration configuration;
    private final ServiceManager manager;
    private final DaemonLock lock;
    private final DaemonSocket socket;
    private final Engine engine;
    private final Tasks tasks;
    private final HttpServer server;
    private final Rounds rounds;
    private final Watchdog watchdog;
    private final Instant since = Instant.now();

    private Daemon(Home home, Configuration configuration, ServiceManager manager, DaemonLock lock, Engine engine) {
        var settings = configuration.daemon();
        var tally = new Tally();
        this.configuration = configuration;
        this.manager = manager;
        this.lock = lock;
        this.socket = DaemonSocket.of(home);
        this.engine = engine;
        this.tasks = new Tasks(new Tasks.Limits(settings.tasks(), settings.remembered(), settings.news()), tally);
        var metrics = new Metrics(this::view, this::unfinished, tally);
        SocketFile.prepare(socket, settings.group());
        this.server = HttpServer.start(
                socket.path(),
                new HttpServer.Limits(
                        Math.toIntExact(settings.body().bytes()), settings.connections(), settings.patience()),
                Routes.all(new DaemonRoutes.Answers(this::view, this::health, metrics::reply), engine, tasks));
        SocketFile.open(socket, settings.mode(), settings.group());
        this.rounds = Rounds.begin(
                new Recovery(engine.upkeep(), tasks),
                settings.recoverEvery(),
                new GarbageWatch(engine.upkeep()),
                settings.garbageEvery());
        this.watchdog = Watchdog.over(() -> new RemoteEngine(socket.path()).isAlive(), manager);
    }

    /**
     * Listens from when this returns.
     *
     * @param manager hears how the daemon is
     * @param opener opens the engine, once it is sure that there is no other daemon; closed with the daemon
     * @throws io.berth.driver.Failure {@code daemon.running} (CONFLICT), {@code daemon.no-lock}, {@code
     *     daemon.no-socket} (ENVIRONMENT), and what the opener throws
     */
    public static Daemon start(
            Home home, Configuration configuration, ServiceManager manager, Supplier<Engine> opener) {
        var lock = DaemonLock.take(home.state());
        try {
            var engine = opener.get();
            try {
                var daemon = new Daemon(home, configuration, manager, lock, engine);
                LOG.info("event=ready version={} socket={}", Version.text(), daemon.socket.path());
                manager.ready();
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

    private DaemonView view() {
        return new DaemonView(
                Version.text(),
                ProcessHandle.current().pid(),
                since,
                tasks.running().size(),
                tasks.isStopping());
    }

    private HealthView health() {
        tasks.refuseIfStopping();
        return new HealthView(unfinished(), missing());
    }

    private int unfinished() {
        return engine.upkeep().unfinished().size();
    }

    /** What it lacks to be of use, for people. */
    public List<Failure> missing() {
        return Shortcomings.of(configuration, engine.hosts());
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
        var settings = configuration.daemon();
        manager.stopping(settings.finish().plus(settings.undo()).plus(LAST_WORDS));
        rounds.close();
        LOG.info("event=stopping tasks={}", tasks.running().size());
        var left = tasks.stop(settings.finish(), settings.undo());
        SocketFile.remove(socket);
        watchdog.close();
        server.close();
        if (left.isEmpty()) {
            engine.close(); // otherwise the end of the process lets go what they hold
        }
        lock.close();
        LOG.info("event=stopped left={}", left.size());
    }
}
