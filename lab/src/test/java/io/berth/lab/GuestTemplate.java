package io.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A guest that has booted once and is saved: made again of that in a fraction of the time. Each time it is the same VM
 * with the same nonce, going on from the same tick, on a console that begins anew.
 */
final class GuestTemplate {
    private final Lab lab;
    private final String name;
    private final String saved;
    private final String definition;
    private final UUID uuid;

    private GuestTemplate(Lab lab, String name, String saved, String definition, UUID uuid) {
        this.lab = lab;
        this.name = name;
        this.saved = saved;
        this.definition = definition;
        this.uuid = uuid;
    }

    static GuestTemplate boot(Lab lab, String name) {
        lab.guest(name, "h1", "--memory", "96", "--dirty", "16");
        lab.in("h1", "mkdir", "-p", "/srv/berth/templates").orFail();
        var saved = "/srv/berth/templates/" + name + ".save";
        var definition = "/srv/berth/templates/" + name + ".xml";
        var uuid =
                UUID.fromString(lab.in("h1", "virsh", "domuuid", name).orFail().output());
        var xml = lab.in("h1", "virsh", "dumpxml", "--inactive", name).orFail().bytes();
        lab.in("h1", "virsh", "save", name, saved).orFail();
        lab.in("h1", "virsh", "undefine", name).orFail();
        try {
            Files.write(lab.shared().resolve("templates/" + name + ".xml"), xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GuestTemplate(lab, name, saved, definition, uuid);
    }

    /** The guest runs on h1 when this returns. */
    void start(boolean persistent) {
        Console.of(lab, name).clear();
        if (persistent) {
            lab.in("h1", "virsh", "define", definition).orFail();
        }
        lab.in("h1", "virsh", "restore", saved, "--running").orFail();
    }

    String name() {
        return name;
    }

    UUID uuid() {
        return uuid;
    }

    /** Its saved image, as libvirt wrote it. */
    Path image() {
        return lab.shared().resolve("templates/" + name + ".save");
    }
}
