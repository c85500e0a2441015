package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.xml.Xml;
import java.util.List;
import org.w3c.dom.Element;

/** Picks disks out of a definition. */
final class Disks {
    private Disks() {}

    /** Disks proper, not CD-ROM or floppy drives, that the guest may write. */
    static List<Element> writable(Element domain) {
        return Xml.at(domain, "devices", "disk").stream()
                .filter(disk -> {
                    var device = Xml.attribute(disk, "device").orElse("disk");
                    return device.equals("disk") && Xml.child(disk, "readonly").isEmpty();
                })
                .toList();
    }
}
