package io.berth.opennebula.standin;

/** Requests made up for tests, in the core's words. */
public final class Requests {
    private Requests() {}

    /** A message about VM {@code one-ID} on a host. */
    public static String message(int vm, String host) {
        return message(vm, host, "", "<NIC><VN_MAD>bridge</VN_MAD></NIC>");
    }

    /**
     * @param head elements between the checkpoint and the VM
     * @param template what is in the VM's template
     */
    public static String message(int vm, String host, String head, String template) {
        return """
                <VMM_DRIVER_ACTION_DATA><HOST>%2$s</HOST><MIGR_HOST></MIGR_HOST><DEPLOY_ID>one-%1$d</DEPLOY_ID>\
                <CHECKPOINT_FILE>/var/lib/one//datastores/100/%1$d/checkpoint</CHECKPOINT_FILE>%3$s\
                <VM><ID>%1$d</ID><LCM_STATE>3</LCM_STATE><TEMPLATE>%4$s</TEMPLATE><HISTORY_RECORDS><HISTORY>\
                <VM_MAD>kvm</VM_MAD></HISTORY></HISTORY_RECORDS></VM>\
                <DATASTORE><ID>100</ID><DS_MAD>rsync</DS_MAD><TM_MAD>shared</TM_MAD></DATASTORE>\
                </VMM_DRIVER_ACTION_DATA>""".formatted(vm, host, head, template);
    }

    /** A line as the core writes it since 6.0. */
    public static String line(String action, int vm, String message) {
        return action + "  " + vm + " " + Payload.encode(message);
    }

    /** A line as the core wrote it up to 5.12; made from the sources' description, none was recorded. */
    public static String oldLine(String action, int vm, String message) {
        return action + " " + vm + " " + Payload.encode(message);
    }
}
