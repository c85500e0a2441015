package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.Departure;
import java.util.regex.Pattern;

/**
 * The log that libvirt keeps of each guest. Of a transient guest that is gone nothing else tells why: its last line of
 * libvirt's own is {@code shutting down, reason=migrated} or another reason, or that it was started (seen with 9.0; the
 * reasons are virDomainShutoffReason's words).
 */
final class DomainLog {
    private static final String FOLDER = "/var/log/libvirt/qemu/";
    private static final String END = "262144";
    private static final Pattern EVENT = Pattern.compile(
            "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+\\+0000: (starting up|shutting down, reason=([a-z]+))",
            Pattern.MULTILINE);

    private final Virsh virsh;

    DomainLog(Virsh virsh) {
        this.virsh = virsh;
    }

    Departure departure(HostRef host, VmRef vm) {
        if (vm.name().isEmpty() || vm.name().contains("/")) {
            return Departure.UNKNOWN;
        }
        var result = virsh.look(host, "tail", "-c", END, "--", FOLDER + vm.name() + ".log");
        return result.succeeded() ? last(result.output()) : Departure.UNKNOWN;
    }

    static Departure last(String log) {
        var departure = Departure.UNKNOWN;
        var events = EVENT.matcher(log);
        while (events.find()) {
            var reason = events.group(2);
            departure = reason == null
                    ? Departure.UNKNOWN
                    : reason.equals("migrated") ? Departure.MIGRATED : Departure.ENDED;
        }
        return departure;
    }
}
