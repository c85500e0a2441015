package io.berth.transport;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a helper says of itself.
 *
 * @param version as people read it
 * @param protocol of the frames: must be the same on both sides
 * @param level grows with each command that helpers learn: must be at least {@link #LEVEL}
 * @param boot the kernel's boot id: another one means that the host was restarted
 * @param user the user id it runs as; 0 has all rights
 */
record HelperVersion(String version, int protocol, int level, String boot, long user) {
    static final int PROTOCOL = 1;
    static final int LEVEL = 9;

    boolean fits() {
        return protocol == PROTOCOL && level >= LEVEL;
    }

    /** From the text of a HELLO frame, "key value" a line; empty when it isn't one. Unknown keys are for later. */
    static Optional<HelperVersion> parse(String hello) {
        Map<String, String> values = hello.lines()
                .map(line -> line.split(" ", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
        try {
            return Optional.of(new HelperVersion(
                    values.getOrDefault("berth-host", ""),
                    Integer.parseInt(values.getOrDefault("protocol", "")),
                    Integer.parseInt(values.getOrDefault("level", "")),
                    values.getOrDefault("boot", ""),
                    Long.parseLong(values.getOrDefault("uid", ""))));
        } catch (NumberFormatException notNumbers) {
            return Optional.empty();
        }
    }
}
