package io.berth.opennebula.owed;

import io.berth.driver.xml.Xml;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.oned.HistoryRecord;
import io.berth.opennebula.oned.VirtualMachine;
import io.berth.opennebula.oned.VmState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.w3c.dom.Element;

/**
 * The message of a request, made anew of what the core says when it is asked. It has what is needed after a guest was
 * saved, restored or moved; commands of the storage that would prepare it are only in the core's own.
 */
final class OwedMessage {
    private OwedMessage() {}

    /**
     * @param vm in a state in which the core waits
     * @param description the same in the core's words
     * @param datastores descriptions of datastores by their numbers
     */
    static DriverMessage of(VirtualMachine vm, String description, IntFunction<String> datastores) {
        var there = vm.present().orElseThrow();
        var isMigration = vm.state() == VmState.MIGRATE;
        // The core begins a VM's next stay before the guest has left.
        var here = (isMigration || vm.state() == VmState.SAVE_MIGRATE ? vm.previous() : vm.present()).orElseThrow();
        var root = Xml.parse("<VMM_DRIVER_ACTION_DATA/>").getDocumentElement();
        var fields = new TreeMap<>(Map.of("HOST", here.host(), "DEPLOY_ID", vm.deployId()));
        if (isMigration) {
            fields.put("MIGR_HOST", there.host());
            fields.put("TM_COMMAND", migration(vm.id(), here, there, datastores));
        }
        fields.forEach((name, text) -> append(root, name, text));
        append(root, description);
        append(root, datastores.apply(here.datastore()));
        return DriverMessage.parse(
                Base64.getEncoder().encodeToString(Xml.serialise(root).getBytes(StandardCharsets.UTF_8)));
    }

    /** As the core has it: for the driver and the directory at the target. */
    private static String migration(int vm, HistoryRecord here, HistoryRecord there, IntFunction<String> datastores) {
        var base = Xml.text(Xml.parse(datastores.apply(there.datastore())).getDocumentElement(), "BASE_PATH")
                .orElse("");
        return "MIGRATE %s %s %s %s/%d %d %d\n"
                .formatted(there.transferDriver(), here.host(), there.host(), base, vm, vm, there.datastore());
    }

    private static void append(Element root, String name, String text) {
        var element = root.getOwnerDocument().createElementNS(null, name);
        element.setTextContent(text);
        root.appendChild(element);
    }

    private static void append(Element root, String xml) {
        root.appendChild(root.getOwnerDocument().importNode(Xml.parse(xml).getDocumentElement(), true));
    }
}
