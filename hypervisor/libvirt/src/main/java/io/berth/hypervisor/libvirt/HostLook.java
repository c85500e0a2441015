package io.berth.hypervisor.libvirt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One look at a host: the domains that libvirt knows, then the processes that run guests, whatever libvirt says.
 *
 * <p>The two aren't asked for in one instant: a guest that began in between has a process and no domain.
 */
record HostLook(List<SurveyedDomain> domains, List<GuestProcess> processes) {
    private static final String KEPT = "kept";

    HostLook {
        domains = List.copyOf(domains);
        processes = List.copyOf(processes);
    }

    /** Reads the helper's lines {@code domain UUID STATE REASON KEPT NAME-IN-HEX} and {@code process PID UUID}. */
    static HostLook parse(String text) {
        var domains = new ArrayList<SurveyedDomain>();
        var processes = new StringBuilder();
        for (var line : text.lines().toList()) {
            if (line.startsWith("domain ")) {
                domain(line.split(" ", -1)).ifPresent(domains::add);
            } else if (line.startsWith("process ")) {
                processes.append(line, "process ".length(), line.length()).append('\n');
            }
        }
        return new HostLook(domains, GuestProcess.parse(processes.toString()));
    }

    private static Optional<SurveyedDomain> domain(String[] words) {
        try {
            var state = Integer.parseInt(words[2]);
            return Optional.of(new SurveyedDomain(
                    UUID.fromString(words[1]),
                    new String(HexFormat.of().parseHex(words[5]), StandardCharsets.UTF_8),
                    words[4].equals(KEPT),
                    state < 0 ? DomainState.UNTOLD : new DomainState(state, Integer.parseInt(words[3]))));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException odd) {
            return Optional.empty();
        }
    }
}
