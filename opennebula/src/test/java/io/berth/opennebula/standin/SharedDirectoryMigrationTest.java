package io.berth.opennebula.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live migrations of VMs whose datastore says that its directories are shared. No recording has one. */
@Timeout(120)
class SharedDirectoryMigrationTest {
    private static final String HEAD =
            "<TM_COMMAND>MIGRATE ceph node1 node2 /var/lib/one//datastores/100/5 5 100</TM_COMMAND>";

    @TempDir
    Path folder;

    private StubSite site;

    @BeforeEach
    void buildSite() throws IOException {
        site = new StubSite(folder);
    }

    @Test
    void noStorageScriptRunsWhereAllOfAVmIsInItsDirectory() throws IOException {
        assertThat(migrate("<DS_SHARED>YES</DS_SHARED><SHARED>YES</SHARED>", "ceph"))
                .contains("LOG I 5 Successfully execute transfer manager driver operation: tm_premigrate.")
                .last()
                .isEqualTo("MIGRATE SUCCESS 5 -");
        assertThat(storageCalls()).isEmpty();
    }

    @Test
    void theDriversOfOtherVolumesAreCalledBeforeAndAfterForTheDatastoresDriver() throws IOException {
        var _ = migrate("<DS_SHARED>yes</DS_SHARED>", "vendor");

        assertThat(storageCalls())
                .allSatisfy(call -> assertThat(call.arguments())
                        .containsExactly("node1", "node2", "/var/lib/one//datastores/100/5", "5", "100", "ceph"))
                .extracting(StubSite.Call::program)
                .containsExactly(
                        "/var/lib/one/remotes/tm/vendor/premigrate", "/var/lib/one/remotes/tm/vendor/postmigrate");
    }

    @Test
    void withoutTheAttributeTheDatastoresOwnScriptsRunAsEver() throws IOException {
        var _ = migrate("<SHARED>YES</SHARED>", "vendor");

        assertThat(storageCalls())
                .extracting(StubSite.Call::program)
                .containsExactly("/var/lib/one/remotes/tm/ceph/premigrate", "/var/lib/one/remotes/tm/ceph/postmigrate");
    }

    @Test
    void whatWouldCopyDisksOntoThemselvesIsRefusedBeforeTheGuestIsTouched() throws IOException {
        assertThat(migrate("<DS_SHARED>yes</DS_SHARED><SHARED>no</SHARED>", "ceph")
                        .getLast())
                .startsWith("MIGRATE FAILURE 5 The VM can't be migrated live: ");
        assertThat(site.takeCalls()).isEmpty();
    }

    private List<String> migrate(String attributes, String diskDriver) throws IOException {
        var template = "<DISK><TM_MAD>qcow2</TM_MAD></DISK><DISK><TM_MAD>" + diskDriver + "</TM_MAD></DISK>"
                + "<NIC><VN_MAD>bridge</VN_MAD></NIC>";
        var message = Requests.message(5, "node1", HEAD, template)
                .replace("<MIGR_HOST></MIGR_HOST>", "<MIGR_HOST>node2</MIGR_HOST>")
                .replace("<TM_MAD>shared</TM_MAD>", "<TM_MAD>ceph</TM_MAD><TEMPLATE>" + attributes + "</TEMPLATE>");
        try (var oned = new StandInOned(site.settings("-t 15 -r 0 kvm -p"))) {
            return oned.ask(Requests.line("MIGRATE", 5, message));
        }
    }

    private List<StubSite.Call> storageCalls() throws IOException {
        return site.takeCalls().stream()
                .filter(call -> call.program().contains("/tm/"))
                .toList();
    }
}
