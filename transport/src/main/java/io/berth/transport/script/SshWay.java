package io.berth.transport.script;

import java.util.ArrayList;
import java.util.List;

/**
 * How a site reaches its hosts.
 *
 * @param program the client; found through {@code PATH} unless absolute, since sites put a wrapper there
 * @param options before the host's name
 * @param shell what runs there and reads its commands from its input
 */
public record SshWay(String program, List<String> options, String shell) {
    public SshWay {
        options = List.copyOf(options);
    }

    /** The site's own configuration and nothing else. */
    public static SshWay usual(String shell) {
        return new SshWay("ssh", List.of(), shell);
    }

    /** On a connection of its own that takes the caller's keys along. */
    public SshWay delegating() {
        return new SshWay(
                program, List.of("-o", "ForwardAgent=yes", "-o", "ControlMaster=no", "-o", "ControlPath=none"), shell);
    }

    List<String> argv(String host) {
        var argv = new ArrayList<>(List.of(program));
        argv.addAll(options);
        argv.addAll(List.of(host, shell, "-s"));
        return argv;
    }
}
