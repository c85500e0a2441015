package io.berth.opennebula.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What network drivers are told of a VM, and which they are.
 *
 * @param drivers each VN_MAD of the VM's interfaces once, in the order of the message
 * @param vm the VM reduced to what they need
 */
public record NetworkView(List<String> drivers, Element vm) {
    private static final List<String> NEEDED = List.of(
            "ID",
            "DEPLOY_ID",
            "TEMPLATE/CONTEXT",
            "USER_TEMPLATE",
            "TEMPLATE/SECURITY_GROUP_RULE",
            "HISTORY_RECORDS/HISTORY/HOSTNAME",
            "HISTORY_RECORDS/HISTORY/HID",
            "HISTORY_RECORDS/HISTORY/DS_ID",
            "HISTORY_RECORDS/HISTORY/VM_MAD");
    private static final List<String> INTERFACES = List.of("NIC", "NIC_ALIAS", "PCI");
    private static final ElementPath DRIVER = ElementPath.of("VN_MAD");

    public NetworkView {
        drivers = List.copyOf(drivers);
    }

    public static NetworkView of(Element vm) {
        var parts = new ArrayList<Element>();
        for (var path : NEEDED) {
            vm.at(ElementPath.of(path)).forEach(element -> parts.add(wrapped(element, path)));
        }
        var drivers = new LinkedHashSet<String>();
        for (var name : INTERFACES) {
            var path = "TEMPLATE/" + name;
            for (var element : vm.at(ElementPath.of(path)).toList()) {
                element.text(DRIVER).ifPresent(driver -> {
                    drivers.add(driver);
                    parts.add(wrapped(element, path));
                });
            }
        }
        return new NetworkView(List.copyOf(drivers), Element.around("VM", parts));
    }

    /** Inside elements of its own for each level above it: so stock sends it, several TEMPLATEs in a row. */
    private static Element wrapped(Element element, String path) {
        var levels = new ArrayList<>(Stream.of(path.split("/")).toList());
        levels.removeLast();
        Collections.reverse(levels);
        var whole = element;
        for (var level : levels) {
            whole = Element.around(level, List.of(whole));
        }
        return whole;
    }
}
