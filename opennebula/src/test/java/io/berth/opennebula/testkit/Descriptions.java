package io.berth.opennebula.testkit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Descriptions as OpenNebula 7.4 gives them, reduced to what matters here and a little that doesn't. */
public final class Descriptions {
    private Descriptions() {}

    /** A stay on a host and a system datastore. */
    public record Stay(String host, String vmDriver, int datastore) {}

    /** @param stays the present one last */
    public static String vm(int id, int state, int lcmState, String deployId, List<Stay> stays) {
        var history = IntStream.range(0, stays.size())
                .mapToObj(number -> stay(id, number, stays.get(number)))
                .collect(Collectors.joining());
        return """
            <VM><ID>%d</ID><UID>0</UID><UNAME>oneadmin</UNAME><NAME>web</NAME><LAST_POLL>0</LAST_POLL>\
            <STATE>%d</STATE><LCM_STATE>%d</LCM_STATE><PREV_STATE>3</PREV_STATE><STIME>1795402033</STIME>\
            <DEPLOY_ID>%s</DEPLOY_ID><TEMPLATE><CPU><![CDATA[0.1]]></CPU></TEMPLATE>\
            <USER_TEMPLATE></USER_TEMPLATE><HISTORY_RECORDS>%s</HISTORY_RECORDS></VM>\
            """.formatted(id, state, lcmState, deployId, history);
    }

    private static String stay(int id, int number, Stay stay) {
        return """
            <HISTORY><OID>%d</OID><SEQ>%d</SEQ><HOSTNAME>%s</HOSTNAME><HID>2</HID><CID>0</CID>\
            <VM_MAD><![CDATA[%s]]></VM_MAD><TM_MAD><![CDATA[qcow2]]></TM_MAD><DS_ID>%d</DS_ID>\
            <ACTION>10</ACTION></HISTORY>\
            """.formatted(id, number, stay.host(), stay.vmDriver(), stay.datastore());
    }

    /** @param type 1 is a system datastore */
    public static String datastore(int id, int type, String transferDriver, Map<String, String> attributes) {
        var template = attributes.entrySet().stream()
                .map(each -> "<%s><![CDATA[%s]]></%s>".formatted(each.getKey(), each.getValue(), each.getKey()))
                .collect(Collectors.joining());
        return """
            <DATASTORE><ID>%d</ID><UNAME>oneadmin</UNAME><NAME>ds%d</NAME><DS_MAD><![CDATA[-]]></DS_MAD>\
            <TM_MAD><![CDATA[%s]]></TM_MAD><BASE_PATH><![CDATA[/var/lib/one//datastores/%d]]></BASE_PATH>\
            <TYPE>%d</TYPE><DISK_TYPE>0</DISK_TYPE><STATE>0</STATE><TEMPLATE>%s</TEMPLATE></DATASTORE>\
            """.formatted(id, id, transferDriver, id, type, template);
    }

    public static String host(int id, String name, String vmDriver) {
        return """
            <HOST><ID>%d</ID><NAME>%s</NAME><STATE>2</STATE><IM_MAD><![CDATA[kvm]]></IM_MAD>\
            <VM_MAD><![CDATA[%s]]></VM_MAD><TEMPLATE><ARCH><![CDATA[x86_64]]></ARCH></TEMPLATE></HOST>\
            """.formatted(id, name, vmDriver);
    }

    /** Several of a kind: {@code HOST_POOL}. */
    public static String pool(String name, String... members) {
        return "<" + name + ">" + String.join("", members) + "</" + name + ">";
    }
}
