package io.berth.transport;

import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the helper on another host, through one ssh connection. Where connections are kept, one that turns out to be broken,
 * or is silent for three seconds, is left alone for a new one.
 */
final class SshConnector implements Connector {
    /** Exit code of the line below when there is no helper. */
    static final int NO_HELPER = 66;

    /** Through a connection that is there the helper's first word comes in milliseconds, if it comes at all. */
    private static final Duration KEPT = Duration.ofSeconds(3);

    private final String destination;
    private final TransportSettings settings;

    SshConnector(HostAddress.Ssh address, TransportSettings settings) {
        this.destination = address.destination();
        this.settings = settings;
    }

    @Override
    public HelperSession open(HostRef host) {
        var usual = settings.connectTimeout().plus(settings.connectTimeout());
        var shared = SharedConnection.to(destination, settings);
        if (shared.filter(SharedConnection::isThere).isPresent()) {
            try {
                return open(host, shared.get().options(), least(KEPT, usual));
            } catch (Failure broken) {
                if (!broken.is("host.unreachable")) {
                    throw broken;
                }
                return open(host, SharedConnection.noneOptions(), usual);
            }
        }
        return open(host, shared.map(SharedConnection::options).orElseGet(SharedConnection::noneOptions), usual);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private HelperSession open(HostRef host, List<String> sharing, Duration atMost) {
        var argv = argv(settings, sharing, destination, "sh -c '" + line(settings.remoteHelper()) + "'");
        try {
            var process = HelperProcess.start(argv, Map.of());
            return Greeting.exchange(host, process, atMost, ConnectFailures::ssh);
        } catch (IOException notStarted) {
            throw ConnectFailures.noSsh(host, notStarted);
        }
    }

    /** Ends a connection that is kept, if one is. */
    static void forget(TransportSettings settings, String destination) throws IOException {
        var shared = SharedConnection.to(destination, settings).filter(SharedConnection::isThere);
        if (shared.isPresent()) {
            var argv = new ArrayList<>(argv(settings, shared.get().options(), destination, ""));
            argv.removeLast();
            argv.addAll(argv.size() - 2, List.of("-O", "exit"));
            try (var process = HelperProcess.start(argv, Map.of())) {
                var _ = process.ended(settings.connectTimeout());
            }
        }
    }

    /** Constant but for the helper's path, which TransportSettings lets be a plain one only. */
    private static String line(String helper) {
        return "H=" + helper + "; [ -x $H ] || exit " + NO_HELPER
                + "; [ \"$(id -u)\" = 0 ] && exec $H serve; exec sudo -n $H serve";
    }

    /** As the other, through a connection of its own. */
    static List<String> argv(TransportSettings settings, String destination, String line) {
        return argv(settings, SharedConnection.noneOptions(), destination, line);
    }

    /**
     * The ssh command for a constant line. The site's configuration counts, but for what would break the connection's
     * life: no master of the site's (its keep-alive would be another's), no questions, no forwarding, and a dead host
     * noticed within 15 s.
     *
     * @param sharing how the connection is shared, as options
     */
    private static List<String> argv(
            TransportSettings settings, List<String> sharing, String destination, String line) {
        var argv = new ArrayList<>(settings.ssh());
        argv.addAll(List.of("-T", "-x", "-a"));
        var options = new ArrayList<>(List.of(
                "BatchMode=yes",
                "ConnectTimeout=" + Math.max(1, settings.connectTimeout().toSeconds()),
                "ServerAliveInterval=5",
                "ServerAliveCountMax=3",
                "ClearAllForwardings=yes",
                "PermitLocalCommand=no",
                "LogLevel=ERROR"));
        options.addAll(sharing);
        for (var option : options) {
            argv.addAll(List.of("-o", option));
        }
        argv.addAll(List.of("--", destination, line));
        return argv;
    }
}
