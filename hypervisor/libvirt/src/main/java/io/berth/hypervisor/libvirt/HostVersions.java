package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks for the versions of a host's programs. */
final class HostVersions {
    private final Virsh virsh;
    private final VirshCommands commands;

    HostVersions(Virsh virsh, VirshCommands commands) {
        this.virsh = virsh;
        this.commands = commands;
    }

    String of(HostRef host) {
        return parse(virsh.answer(host, "can't ask for the host's versions", commands.versions()));
    }

    /** Reads the answer of {@code virsh version}: {@code libvirt 9.0.0, QEMU 7.2.22}. */
    static String parse(String answer) {
        var fields = Fields.of(answer, ":");
        return Stream.of("Using library", "Running hypervisor")
                .flatMap(name -> fields.text(name).stream())
                .map(Printable::line)
                .collect(Collectors.joining(", "));
    }
}
