package io.berth.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to reach helpers. Immutable.
 *
 * @param localHelper the helper's binary on this machine, for {@link HostAddress.Local}
 * @param localEnvironment variables for that one; {@code BERTH_STATE} moves its state folder
 * @param remoteHelper where the helper is on other hosts: an absolute path of letters, digits, {@code / . _ -}
 * @param ssh the ssh client with options of the site's, such as {@code -F file}; Berth's own come after it
 * @param connectTimeout how long ssh may take to reach the host, enforced by ssh; the helper must have spoken within
 *     twice that time, enforced by the transport. 1 s or more, 10 s by default
 * @param sharing whether ssh connections outlive the process that made them; empty by default
 */
public record TransportSettings(
        Path localHelper,
        Map<String, String> localEnvironment,
        String remoteHelper,
        List<String> ssh,
        Duration connectTimeout,
        Optional<Sharing> sharing) {
    /**
     * Connections that are kept for the next process.
     *
     * @param folder of their sockets, for this user alone; made when it is missing. A path so long that no socket can
     *     be in it means that connections aren't kept
     * @param idle how long one is kept without use, 1 s or more
     */
    public record Sharing(Path folder, Duration idle) {}

    /** Where helpers are installed. */
    public static final String INSTALLED = "/usr/local/lib/berth/berth-host";

    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9/._-]+");

    public TransportSettings {
        // It becomes part of a line that a shell reads.
        if (!PLAIN_PATH.matcher(remoteHelper).matches()) {
            throw new IllegalArgumentException("not a plain absolute path: " + remoteHelper);
        }
        localEnvironment = Map.copyOf(localEnvironment);
        ssh = List.copyOf(ssh);
    }

    public static TransportSettings defaults() {
        return new TransportSettings(
                Path.of(INSTALLED), Map.of(), INSTALLED, List.of("ssh"), Duration.ofSeconds(10), Optional.empty());
    }

    public TransportSettings withLocalHelper(Path binary, Map<String, String> environment) {
        return new TransportSettings(binary, environment, remoteHelper, ssh, connectTimeout, sharing);
    }

    public TransportSettings withRemoteHelper(String path) {
        return new TransportSettings(localHelper, localEnvironment, path, ssh, connectTimeout, sharing);
    }

    public TransportSettings withSsh(List<String> command) {
        return new TransportSettings(localHelper, localEnvironment, remoteHelper, command, connectTimeout, sharing);
    }

    public TransportSettings withConnectTimeout(Duration longest) {
        return new TransportSettings(localHelper, localEnvironment, remoteHelper, ssh, longest, sharing);
    }

    public TransportSettings withSharing(Optional<Sharing> kept) {
        return new TransportSettings(localHelper, localEnvironment, remoteHelper, ssh, connectTimeout, kept);
    }
}
