package io.berth.opennebula.oned;

import org.w3c.dom.Element;

/**
 * One stay of a VM on a host and a system datastore. The core begins a new one when a VM is to go elsewhere, before
 * anything has gone.
 *
 * @param number from 0, in order
 * @param vmDriver VM_MAD of the host
 * @param transferDriver TM_MAD of the system datastore
 * @param datastore id of the system datastore
 */
public record HistoryRecord(int number, String host, String vmDriver, String transferDriver, int datastore) {
    static HistoryRecord of(Element history) {
        return new HistoryRecord(
                Fields.number(history, "SEQ"),
                Fields.text(history, "HOSTNAME"),
                Fields.text(history, "VM_MAD"),
                Fields.text(history, "TM_MAD"),
                Fields.number(history, "DS_ID"));
    }
}
