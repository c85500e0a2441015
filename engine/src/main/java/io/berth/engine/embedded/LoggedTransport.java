package io.berth.engine.embedded;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.host.CommandResult;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostTransport;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells at DEBUG what ran on which host, how it ended and how long it took. */
final class LoggedTransport implements HostTransport {
    private static final Logger LOG = LoggerFactory.getLogger("berth.command");
    private static final long MICRO = 1000;

    private final HostTransport inner;

    LoggedTransport(HostTransport inner) {
        this.inner = inner;
    }

    @Override
    public CommandResult run(HostRef host, HostCommand command) {
        if (!LOG.isDebugEnabled()) {
            return inner.run(host, command);
        }
        var began = System.nanoTime();
        try {
            var result = inner.run(host, command);
            tell(host, command, began, "exit=" + result.exitCode());
            return result;
        } catch (Failure failure) {
            tell(host, command, began, "failure=" + failure.code());
            throw failure;
        }
    }

    static void connected(HostRef host, Duration took) {
        LOG.debug("operation=- event=connected host={} microseconds={}", host, took.toNanos() / MICRO);
    }

    private static void tell(HostRef host, HostCommand command, long began, String end) {
        LOG.debug(
                "operation={} event=command host={} {} microseconds={} argv={}",
                command.token().map(token -> token.operation().id()).orElse("-"),
                host,
                end,
                (System.nanoTime() - began) / MICRO,
                EngineLog.quoted(command.toString()));
    }

    @Override
    public void close() {
        inner.close();
    }
}
