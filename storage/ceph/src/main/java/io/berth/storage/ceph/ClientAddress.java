package io.berth.storage.ceph;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One client of a cluster as the cluster tells it: {@code ADDRESS:PORT/NONCE}. Each process that opens an image, and each
 * of the kernel's mappings that shares with none, has a nonce of its own.
 *
 * @param host its IP address, without brackets
 */
record ClientAddress(String host, String text) {
    /** A nonce of 0 would stand for every client at the address. */
    private static final Pattern FORM =
            Pattern.compile("(?:(?<four>[0-9.]{7,15})|\\[(?<six>[0-9a-fA-F:.]{2,45})]):[0-9]{1,5}/0*[1-9][0-9]{0,19}");

    static Optional<ClientAddress> of(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var four = matcher.group("four");
        return Optional.of(new ClientAddress(four == null ? matcher.group("six") : four, text));
    }

    @Override
    public String toString() {
        return text;
    }
}
