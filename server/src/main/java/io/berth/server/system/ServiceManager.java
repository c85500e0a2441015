package io.berth.server.system;

import io.berth.driver.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What started this process and wants to hear how it is, if something does: sd_notify(3). What can't be told is logged
 * and harms nothing. Thread-safe.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");

    private final Optional<NotifySocket> socket;
    private final Optional<Duration> watchdog;

    private ServiceManager(Optional<NotifySocket> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** There is none. */
    public static ServiceManager none() {
        return new ServiceManager(Optional.empty(), Optional.empty());
    }

    /**
     * The one that the environment tells of.
     *
     * @param pid of this process: what is meant for another, such as the one that started this one, isn't taken
     */
    public static ServiceManager of(Map<String, String> environment, long pid) {
        var address = environment.getOrDefault("NOTIFY_SOCKET", "");
        var socket = NotifySocket.at(address);
        if (socket.isEmpty() && !address.isEmpty()) {
            LOG.warn("event=notify-unknown socket={}", Printable.line(address));
        }
        return new ServiceManager(socket, socket.flatMap(_ -> watchdog(environment, pid)));
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        var micros = environment.getOrDefault("WATCHDOG_USEC", "");
        var isMeant =
                environment.getOrDefault("WATCHDOG_PID", Long.toString(pid)).equals(Long.toString(pid));
        return isMeant && micros.matches("[1-9][0-9]{0,14}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1000))
                : Optional.empty();
    }

    /** The process is of use from now on. */
    public void ready() {
        tell("READY=1");
    }

    /** @param atMost how long its end may take */
    public void stopping(Duration atMost) {
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + atMost.toNanos() / 1000);
    }

    /** How often it wants to hear that the process is {@link #alive}, at least. Otherwise it starts it anew. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    public void alive() {
        tell("WATCHDOG=1");
    }

    private void tell(String message) {
        socket.ifPresent(there -> {
            try {
                there.send(message);
            } catch (IOException deaf) {
                LOG.warn("event=notify-failed message={} why={}", Printable.line(message), deaf.getMessage());
            }
        });
    }
}
