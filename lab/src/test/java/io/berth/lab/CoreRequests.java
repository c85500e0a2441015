package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.walk.Standing.Home;
import java.util.stream.Collectors;

/** The lines that the core writes to its drivers about one VM, and its transfer files. */
final class CoreRequests {
    private final LabVm vm;

    CoreRequests(LabVm vm) {
        this.vm = vm;
    }

    /** {@code SAVE}, {@code RESTORE}, {@code CANCEL}. */
    String at(HostRef host, String action) {
        return line(action, host, "", "");
    }

    String migrate(HostRef from, HostRef to) {
        var datastore = LabDatastore.of(vm.standing().home());
        var command = "<TM_COMMAND><![CDATA[MIGRATE %s %s %s %s %d %d\n]]></TM_COMMAND>"
                .formatted(
                        datastore.driver(),
                        from,
                        to,
                        datastore.directory(vm.number()),
                        vm.number(),
                        datastore.number());
        return line("MIGRATE", from, to.name(), command);
    }

    /** @param definition of the domain, on the front-end */
    String deploy(HostRef host, String definition) {
        var remote = LabDatastore.of(vm.standing().home()).directory(vm.number()) + "/deployment.0";
        var files =
                "<LOCAL_DEPLOYMENT_FILE>%s</LOCAL_DEPLOYMENT_FILE><REMOTE_DEPLOYMENT_FILE>%s</REMOTE_DEPLOYMENT_FILE>"
                        .formatted(definition, remote);
        return line("DEPLOY", host, "", files);
    }

    private String line(String action, HostRef host, String destination, String head) {
        var datastore = LabDatastore.of(vm.standing().home());
        var attributes = datastore.attributes().entrySet().stream()
                .map(each -> "<%s><![CDATA[%s]]></%s>".formatted(each.getKey(), each.getValue(), each.getKey()))
                .collect(Collectors.joining());
        var message = """
                <VMM_DRIVER_ACTION_DATA><HOST>%s</HOST><MIGR_HOST>%s</MIGR_HOST><DEPLOY_ID>%s</DEPLOY_ID>\
                <CHECKPOINT_FILE>%s/checkpoint</CHECKPOINT_FILE>%s\
                <VM><ID>%d</ID><LCM_STATE>3</LCM_STATE><TEMPLATE></TEMPLATE><HISTORY_RECORDS><HISTORY>\
                <VM_MAD>kvm</VM_MAD></HISTORY></HISTORY_RECORDS></VM>\
                <DATASTORE><ID>%d</ID><TM_MAD>%s</TM_MAD><TEMPLATE>%s</TEMPLATE></DATASTORE>\
                </VMM_DRIVER_ACTION_DATA>""".formatted(
                        host,
                        destination,
                        vm.uuid(),
                        datastore.directory(vm.number()),
                        head,
                        vm.number(),
                        datastore.number(),
                        datastore.driver(),
                        attributes);
        return Requests.line(action, vm.number(), message);
    }

    /** The disk, then the directory. */
    String movingFile(Home from, Home to) {
        var driver = to.datastore().driver();
        return """
                MV %1$s %2$s/disk.0 %3$s/disk.0 %4$d %5$d
                MV %1$s %2$s %3$s %4$d %5$d
                """.formatted(
                driver, place(from), place(to), vm.number(), to.datastore().number());
    }

    /** The disk, then the directory. */
    String deletingFile(Home home) {
        return """
                DELETE %1$s %2$s/disk.0 %3$d %4$d
                DELETE %1$s %2$s %3$d %4$d
                """.formatted(
                        home.datastore().driver(),
                        place(home),
                        vm.number(),
                        home.datastore().number());
    }

    String transfer(String file) {
        return "TRANSFER  " + vm.number() + " " + file;
    }

    private String place(Home home) {
        return home.host() + ":" + LabDatastore.of(home).directory(vm.number());
    }
}
