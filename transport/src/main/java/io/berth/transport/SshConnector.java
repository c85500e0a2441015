package io.berth.transport;

import io.berth.driver.HostRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the helper on another host, through one ssh connection. */
final class SshConnector implements Connector {
    /** Exit code of the line below when there is no helper. */
    static final int NO_HELPER = 66;

    private final String destination;
    private final TransportSettings settings;

    SshConnector(HostAddress.Ssh address, TransportSettings settings) {
        this.destination = address.destination();
        this.settings = settings;
    }

    @Override
    public HelperSession open(HostRef host) {
        var argv = argv(settings, destination, "sh -c '" + line(settings.remoteHelper()) + "'");
        try {
            var process = HelperProcess.start(argv, Map.of());
            return Greeting.exchange(host, process, settings, ConnectFailures::ssh);
        } catch (IOException notStarted) {
            throw ConnectFailures.noSsh(host, notStarted);
        }
    }

    /** Constant but for the helper's path, which TransportSettings lets be a plain one only. */
    private static String line(String helper) {
        return "H=" + helper + "; [ -x $H ] || exit " + NO_HELPER
                + "; [ \"$(id -u)\" = 0 ] && exec $H serve; exec sudo -n $H serve";
    }

    /**
     * The ssh command for a constant line. The site's configuration counts, but for what would break the connection's
     * life: no shared master (its keep-alive would be another's, and a master that stays behind would hold our streams
     * open), no questions, no forwarding, and a dead host noticed within 15 s.
     */
    static List<String> argv(TransportSettings settings, String destination, String line) {
        var argv = new ArrayList<>(settings.ssh());
        argv.addAll(List.of("-T", "-x", "-a"));
        for (var option : List.of(
                "BatchMode=yes",
                "ConnectTimeout=" + Math.max(1, settings.connectTimeout().toSeconds()),
                "ServerAliveInterval=5",
                "ServerAliveCountMax=3",
                "ControlMaster=no",
                "ControlPath=none",
                "ClearAllForwardings=yes",
                "PermitLocalCommand=no",
                "LogLevel=ERROR")) {
            argv.addAll(List.of("-o", option));
        }
        argv.addAll(List.of("--", destination, line));
        return argv;
    }
}
