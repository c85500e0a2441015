package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How guests are brought from host to host.
 *
 * @param uri of the target's libvirt as the source reaches it; {@code {host}} stands for the target's name
 * @param bandwidth most MiB a second; empty: what the network gives
 * @param autoConverge slow a guest down that writes its memory faster than it is moved
 * @param passes over the guest's memory before such a guest is given up
 */
public record MigrationSettings(String uri, Optional<Integer> bandwidth, boolean autoConverge, int passes) {
    public static final String HOST = "{host}";
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+]*://[\\x21-\\x7e]*");
    private static final int PASSES = 50;

    public MigrationSettings {
        if (!URI.matcher(uri).matches() || !uri.contains(HOST)) {
            throw new IllegalArgumentException("no libvirt URI with " + HOST + ": " + uri);
        }
    }

    /** Over ssh, as root of the source; it never asks for anything. */
    public static MigrationSettings defaults() {
        return new MigrationSettings("qemu+ssh://{host}/system?no_tty=1", Optional.empty(), false, PASSES);
    }

    String uri(HostRef target) {
        return uri.replace(HOST, target.name());
    }
}
