package io.berth.hypervisor.libvirt;

import io.berth.driver.HostRef;
import io.berth.driver.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a host's CPU so that two hosts can be told to have the same: model, features, microcode. For guests with a CPU
 * passed through, which no definition describes.
 */
final class HostCpu {
    private static final int SHOWN = 8;

    private final Virsh virsh;
    private final VirshCommands commands;

    HostCpu(Virsh virsh, VirshCommands commands) {
        this.virsh = virsh;
        this.commands = commands;
    }

    /** {@code host-passthrough EPYC-Rome 1a2b3c4d5e6f7a8b} */
    String name(HostRef host) {
        return name(virsh.answer(host, "can't ask libvirt for the host's CPU", commands.capabilities()));
    }

    static String name(String capabilities) {
        var root = Xml.parse(capabilities).getDocumentElement();
        var cpus = Xml.at(root, "host", "cpu");
        if (cpus.isEmpty()) {
            return "host-passthrough unknown";
        }
        var cpu = cpus.getFirst();
        // Frequency and topology differ between hosts whose guests can be moved all the same.
        for (var name : List.of("counter", "topology")) {
            Xml.children(cpu, name).forEach(cpu::removeChild);
        }
        var model = Xml.text(cpu, "model").orElse("unknown");
        return "host-passthrough " + model + " " + digest(Xml.serialise(cpu).replaceAll("\\s+", " "));
    }

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHOWN);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
