package io.berth.transport;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where things of Berth's are on a host. They become part of lines that a shell reads, so they are plain paths.
 *
 * @param helper the program
 * @param state its folder
 * @param sudoers the entry for logins that aren't root
 */
record HelperPlaces(String helper, String state, String sudoers) {
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._-]+");

    HelperPlaces {
        for (var path : List.of(helper, state, sudoers)) {
            if (!PLAIN.matcher(path).matches() || path.contains("..")) {
                throw new IllegalArgumentException("not a plain absolute path: " + path);
            }
        }
    }

    static HelperPlaces standard(String helper) {
        return new HelperPlaces(helper, "/var/lib/berth", "/etc/sudoers.d/berth");
    }
}
