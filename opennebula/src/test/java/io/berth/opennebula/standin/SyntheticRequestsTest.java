package io.berth.opennebula.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests and failures that no recording has. They are made up from the description of the stock driver's steps, so
 * these files are what ours does, read line by line against that description, and not what the stock driver was seen
 * doing.
 */
@Timeout(120)
class SyntheticRequestsTest {
    private static final String USUAL = "-t 15 -r 0 kvm -p";
    private static final String BRIDGE = "<NIC><VN_MAD>bridge</VN_MAD></NIC>";
    private static final String NIC =
            "<CONTEXT><TARGET>hda</TARGET></CONTEXT><NIC><ATTACH><![CDATA[YES]]></ATTACH><MAC>02:00</MAC><BRIDGE>br0</BRIDGE>"
                    + "<TARGET>one-5-1</TARGET><MODEL>virtio</MODEL><VN_MAD>bridge</VN_MAD></NIC>";
    private static final String ALIAS = BRIDGE
            + "<CONTEXT><TARGET>hda</TARGET></CONTEXT><NIC_ALIAS><ATTACH>YES</ATTACH><MAC>02:00</MAC><BRIDGE>br0</BRIDGE>"
            + "<TARGET>one-5-1</TARGET><VN_MAD>bridge</VN_MAD></NIC_ALIAS>";
    private static final String DISK = BRIDGE + "<CONTEXT><TARGET>hda</TARGET></CONTEXT>"
            + "<DISK><ATTACH>YES</ATTACH><TARGET>sdc</TARGET><TM_MAD>shared</TM_MAD></DISK>";
    private static final String CONTEXT =
            command("CONTEXT shared front:/var/lib/one/vms/5/context.sh node1:/d/disk.1 5 100")
                    + "<DISK_TARGET_PATH>/d/disk.1</DISK_TARGET_PATH>";
    private static final String MIGRATE =
            "<MIGR_HOST>node2</MIGR_HOST>" + command("MIGRATE shared node1 node2 /d/100/5 5 100");
    private static final String BACKUP = command("BACKUP shared node1:/d/100/5 0:1: one-5 - 5 100");
    private static final String DEPLOY =
            "<LOCAL_DEPLOYMENT_FILE>/var/lib/one/vms/5/deployment.0</LOCAL_DEPLOYMENT_FILE>"
                    + "<REMOTE_DEPLOYMENT_FILE>/var/tmp/one/100/5/deployment.0</REMOTE_DEPLOYMENT_FILE>";
    private static final String DOMAIN = "<domain/>\n";

    @TempDir
    Path folder;

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
    }

    /**
     * @param name of the file with what is expected
     * @param arguments of the driver
     * @param head in the message before the VM
     * @param template of the VM
     * @param failing the scripts that fail, with what they say then
     */
    record Scenario(
            String name,
            String arguments,
            String action,
            String head,
            String template,
            Map<String, String> failing,
            boolean running) {
        static Scenario of(String name, String action, String head, String template) {
            return new Scenario(name, USUAL, action, head, template, Map.of(), false);
        }

        Scenario with(String otherArguments) {
            return new Scenario(name, otherArguments, action, head, template, failing, running);
        }

        Scenario failing(String script, String complaint) {
            return new Scenario(name, arguments, action, head, template, Map.of(script, complaint), running);
        }

        Scenario backingUp() {
            return new Scenario(name, arguments, action, head, template, failing, true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                Scenario.of("attach-nic", "ATTACHNIC", CONTEXT, NIC),
                Scenario.of("attach-nic-context-fails", "ATTACHNIC", CONTEXT, NIC)
                        .failing("prereconfigure", "no such device\n"),
                Scenario.of("attach-nic-network-fails", "ATTACHNIC", CONTEXT, NIC)
                        .failing("post", "ERROR: no bridge\n"),
                Scenario.of("attach-nic-incomplete", "ATTACHNIC", CONTEXT, NIC.replace("<MAC>02:00</MAC>", "")),
                Scenario.of("attach-alias", "ATTACHNIC", CONTEXT, ALIAS),
                Scenario.of("attach-pci", "ATTACHNIC", CONTEXT, NIC.replace("NIC>", "PCI>")),
                Scenario.of("detach-nic", "DETACHNIC", CONTEXT, NIC),
                Scenario.of("detach-alias", "DETACHNIC", CONTEXT, ALIAS),
                Scenario.of("update-context", "UPDATECONF", CONTEXT, DISK),
                Scenario.of(
                        "update-security-group",
                        "UPDATESG",
                        "<SECURITY_GROUP_ID>7</SECURITY_GROUP_ID>",
                        BRIDGE + "<NIC><VN_MAD>fw</VN_MAD></NIC>"),
                Scenario.of(
                                "update-security-group-fails",
                                "UPDATESG",
                                "<SECURITY_GROUP_ID>7</SECURITY_GROUP_ID>",
                                BRIDGE)
                        .failing("update_sg", "iptables: busy\n"),
                Scenario.of("update-network", "UPDATENIC", "<VIRTUAL_NETWORK_ID>3</VIRTUAL_NETWORK_ID>", BRIDGE),
                Scenario.of("resize", "RESIZE", "", BRIDGE),
                Scenario.of("resize-fails", "RESIZE", "", BRIDGE).failing("resize", "ERROR: not so large\n"),
                Scenario.of("exec", "EXEC", "", BRIDGE),
                Scenario.of("exec-cancel", "EXEC_CANCEL", "", BRIDGE),
                Scenario.of("poll", "POLL", "", BRIDGE),
                Scenario.of("reset", "RESET", "", BRIDGE),
                Scenario.of("shutdown", "SHUTDOWN", "", BRIDGE),
                Scenario.of("cancel", "CANCEL", "", BRIDGE),
                Scenario.of("backup-running", "BACKUP", BACKUP, BRIDGE).backingUp(),
                Scenario.of("backup-powered-off", "BACKUP", BACKUP, BRIDGE),
                Scenario.of("backup-fails", "BACKUP", BACKUP, BRIDGE).failing("backup", "repository is locked\n"),
                Scenario.of("backup-cancel", "BACKUPCANCEL", BACKUP, BRIDGE),
                Scenario.of(
                        "cleanup",
                        "CLEANUP",
                        command("DELETE shared node1:/d/0 5 1\nDELETE shared node1:/d 5 100"),
                        BRIDGE),
                Scenario.of(
                                "cleanup-both-hosts-failing",
                                "CLEANUP",
                                "<MIGR_HOST>node2</MIGR_HOST>" + command("DELETE shared node1:/d 5 100"),
                                BRIDGE)
                        .failing("cancel", "no domain\n"),
                Scenario.of("deploy-on-the-front-end", "DEPLOY", DEPLOY, BRIDGE).with("-l deploy=deploy-tweaks kvm"),
                Scenario.of("deploy-network-fails", "DEPLOY", DEPLOY, BRIDGE).failing("post", "no bridge\n"),
                Scenario.of("deploy-fails", "DEPLOY", DEPLOY, BRIDGE).failing("deploy", "ERROR: no memory\n"),
                Scenario.of("save-by-another-script", "SAVE", "", BRIDGE).with("kvm -l save=tmsave,restore=tmrestore"),
                Scenario.of("save-fails", "SAVE", "", BRIDGE).failing("save", "ERROR: no room\nvirsh said so\n"),
                Scenario.of("save-network-fails-after", "SAVE", "", BRIDGE).failing("clean", "no bridge\n"),
                Scenario.of("save-several-networks", "SAVE", "", BRIDGE + "<PCI><VN_MAD>elastic</VN_MAD></PCI>"),
                Scenario.of("restore-network-fails-before", "RESTORE", "", BRIDGE)
                        .failing("pre", "ERROR: no bridge\n"),
                Scenario.of("restore-network-fails-after", "RESTORE", "", BRIDGE)
                        .failing("post", "no bridge\n"),
                Scenario.of("migrate-with-networks", "MIGRATE", MIGRATE, BRIDGE),
                Scenario.of("migrate-on-one-host", "MIGRATE", MIGRATE.replace("node2", "node1"), BRIDGE),
                Scenario.of("migrate-storage-not-ready", "MIGRATE", MIGRATE, BRIDGE)
                        .failing("premigrate", "ERROR: no pool\n"),
                Scenario.of("migrate-network-not-ready", "MIGRATE", MIGRATE, BRIDGE)
                        .failing("pre", "no bridge\n"),
                Scenario.of("migrate-fails", "MIGRATE", MIGRATE, BRIDGE).failing("migrate", "no route\n"),
                Scenario.of("migrate-tidying-fails", "MIGRATE", MIGRATE, BRIDGE).failing("postmigrate", "busy\n"),
                Scenario.of("migrate-without-command", "MIGRATE", "", BRIDGE),
                Scenario.of(
                                "attach-disk-fails",
                                "ATTACHDISK",
                                command("LN shared front:/i node1:/d 5 1")
                                        + "<TM_COMMAND_ROLLBACK>DELETE shared node1:/d 5 1</TM_COMMAND_ROLLBACK>",
                                DISK)
                        .failing("attach_disk", "no slot\n"),
                Scenario.of(
                        "snapshot-disk-unsupported",
                        "DISKSNAPSHOTCREATE",
                        command("SNAP_CREATE shared node1:/d 1 5 1"),
                        "<DISK><DISK_SNAPSHOT_ACTIVE>YES</DISK_SNAPSHOT_ACTIVE><TM_MAD>fs_lvm</TM_MAD></DISK>"),
                Scenario.of("storage-driver-unknown", "ATTACHDISK", command("LN nosuch front:/i node1:/d 5 1"), DISK),
                Scenario.of(
                        "storage-driver-hostile", "ATTACHDISK", command("LN ../../etc front:/i node1:/d 5 1"), DISK),
                Scenario.of(
                        "storage-action-of-a-mixed-datastore",
                        "ATTACHDISK",
                        command("LN.ssh ceph front:/i node1:/d 5 1"),
                        DISK));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aRequestRunsTheseScriptsAndSaysTheseLines(Scenario scenario) throws IOException {
        for (var script : scenario.failing().entrySet()) {
            site.behave(script.getKey(), 1, "", script.getValue());
        }
        var deployment = Path.of(site.asHere("/var/lib/one/vms/5/deployment.0"));
        Files.createDirectories(deployment.getParent());
        Files.writeString(deployment, DOMAIN);
        var message = Requests.message(5, "node1", scenario.head(), scenario.template())
                .replace("<LCM_STATE>3<", scenario.running() ? "<LCM_STATE>69<" : "<LCM_STATE>3<");
        if (scenario.head().contains("<MIGR_HOST>")) {
            message = message.replace("<MIGR_HOST></MIGR_HOST>", "");
        }
        var shown = new ArrayList<String>();
        try (var oned = new StandInOned(site.settings(scenario.arguments()))) {
            var lines = oned.ask(Requests.line(scenario.action(), 5, site.asHere(message)));
            shown.addAll(ShownCalls.of(site, Payload.encode(message), DOMAIN));
            lines.forEach(line -> shown.add("< " + site.asReal(line)));
        }
        assertThat(shown).isEqualTo(ShownCalls.expected("synthetic-" + scenario.name(), shown));
    }

    @Test
    void aRequestThatIsOneScriptIsTriedAgainAsOftenAsTheSiteSays() throws IOException {
        site.behave("resize", "mkdir " + folder + "/tried && exit 1; exit 0");
        try (var oned = new StandInOned(site.settings("-r 2 kvm"))) {
            assertThat(oned.ask(Requests.line("RESIZE", 5, Requests.message(5, "node1")))
                            .getLast())
                    .startsWith("RESIZE SUCCESS 5");
        }
        assertThat(site.countCalls("resize")).isEqualTo(2);
    }

    @Test
    void aDeploymentFileThatIsMissingIsToldBeforeAnyHostIsAsked() throws IOException {
        try (var oned = new StandInOned(site.settings(USUAL))) {
            assertThat(oned.ask(Requests.line("DEPLOY", 5, Requests.message(5, "node1", DEPLOY, BRIDGE))))
                    .containsExactly("DEPLOY FAILURE 5 Cannot open deployment file /var/lib/one/vms/5/deployment.0");
        }
        assertThat(site.takeCalls()).isEqualTo(List.of());
    }

    private static String command(String lines) {
        return "<TM_COMMAND><![CDATA[" + lines + "\n]]></TM_COMMAND>";
    }
}
