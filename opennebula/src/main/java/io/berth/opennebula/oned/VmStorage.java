package io.berth.opennebula.oned;

import io.berth.driver.xml.Xml;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * What a VM has on storage as OpenNebula has it.
 *
 * @param contextDisk number of the CD for its contextualization; empty: it has none
 */
public record VmStorage(VmState state, List<Disk> disks, Optional<Integer> contextDisk) {
    public VmStorage {
        disks = List.copyOf(disks);
    }

    static VmStorage of(Element vm) {
        return new VmStorage(
                VmState.of(Fields.number(vm, "STATE"), Fields.number(vm, "LCM_STATE")),
                Disk.ofVm(vm),
                Xml.at(vm, "TEMPLATE", "CONTEXT", "DISK_ID").stream()
                        .findFirst()
                        .map(_ -> Fields.number(vm, "TEMPLATE", "CONTEXT", "DISK_ID")));
    }
}
