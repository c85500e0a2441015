package io.berth.opennebula.oned;

import org.w3c.dom.Element;

/**
 * A host as OpenNebula has it.
 *
 * @param vmDriver its VM_MAD
 */
public record Host(int id, String name, String vmDriver) {
    static Host of(Element host) {
        return new Host(Fields.number(host, "ID"), Fields.text(host, "NAME"), Fields.text(host, "VM_MAD"));
    }
}
