package io.berth.cli;

import io.berth.cli.output.FailureText;
import io.berth.cli.output.Terminal;
import io.berth.driver.Failure;
import io.berth.engine.Engine;
import io.berth.engine.configuration.Home;
import io.berth.engine.remote.DaemonSocket;
import io.berth.engine.remote.RemoteEngine;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command's dealings with the world. The engine is opened when it is first needed. Used by one thread. */
final class Session implements AutoCloseable {
    private final Surroundings surroundings;
    private final Home home;
    private final boolean verbose;
    private final boolean debug;
    private final boolean mayUseDaemon;
    private @Nullable Engine engine;

    Session(Surroundings surroundings, Home home, boolean verbose, boolean debug, boolean mayUseDaemon) {
        this.surroundings = surroundings;
        this.home = home;
        this.verbose = verbose;
        this.debug = debug;
        this.mayUseDaemon = mayUseDaemon;
    }

    Engine engine() {
        var open = engine;
        if (open == null) {
            open = daemon().orElseGet(() -> surroundings.engines().open(home, debug));
            engine = open;
        }
        return open;
    }

    /** The engine of the daemon of this home, if one runs that may be trusted. */
    Optional<Engine> daemon() {
        var socket = DaemonSocket.of(home);
        if (!mayUseDaemon || !socket.isAnswered()) {
            return Optional.empty();
        }
        var distrust = socket.distrust();
        distrust.ifPresent(this::complain);
        return distrust.isPresent() ? Optional.empty() : Optional.of(new RemoteEngine(socket.path()));
    }

    Home home() {
        return home;
    }

    /** An engine of this process, whether or not a daemon runs. The caller closes it. */
    Engine ownEngine() {
        return surroundings.engines().open(home, debug);
    }

    InputStream input() {
        return surroundings.input();
    }

    /** Variables of the process. */
    Map<String, String> environment() {
        return surroundings.environment();
    }

    PrintStream output() {
        return surroundings.output();
    }

    PrintStream errors() {
        return surroundings.errors();
    }

    Terminal terminal() {
        return surroundings.terminal();
    }

    Interrupts interrupts() {
        return surroundings.interrupts();
    }

    Consent consent() {
        return surroundings.consent();
    }

    boolean isVerbose() {
        return verbose;
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    /** Only with {@code -v}. */
    void explain(String line) {
        if (verbose) {
            output().println(line);
        }
    }

    void complain(Failure failure) {
        FailureText.lines(failure).forEach(errors()::println);
    }

    /** What a list lacks, on standard error, so that the list itself can be piped. */
    void tellSilent(List<Failure> silent) {
        silent.forEach(this::complain);
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
