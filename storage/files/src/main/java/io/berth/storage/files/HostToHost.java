package io.berth.storage.files;

import io.berth.driver.HostRef;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a host, as root, logs in to another to bring a directory there.
 *
 * @param ssh the client's command on the hosts, at least one word
 * @param destination what it takes to log in, {@value #HOST} in it standing for the other host's name
 * @param helper path of the helper on the other host
 */
public record HostToHost(List<String> ssh, String destination, String helper) {
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._-]+");

    public static final String HOST = "{host}";

    public static final HostToHost USUAL = new HostToHost(List.of("ssh"), HOST, "/usr/local/lib/berth/berth-host");

    public HostToHost {
        ssh = List.copyOf(ssh);
        if (ssh.isEmpty()
                || destination.startsWith("-")
                || !PLAIN.matcher(helper).matches()) {
            throw new IllegalArgumentException("no way to another host: " + ssh + ", " + destination + ", " + helper);
        }
    }

    String destination(HostRef host) {
        return destination.replace(HOST, host.name());
    }
}
