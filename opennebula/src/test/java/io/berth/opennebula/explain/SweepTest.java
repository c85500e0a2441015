package io.berth.opennebula.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that look are run by a real shell, the core and the hosts are stand-ins: all of them see one file system. */
@Timeout(120)
class SweepTest {
    private static final int STATE_ACTIVE = 3;
    private static final int LCM_RUNNING = 3;

    @TempDir
    Path folder;

    private StandInCore core;
    private StandInHosts hosts;
    private Path datastore;

    @BeforeEach
    void makeSite() throws IOException {
        core = new StandInCore();
        hosts = new StandInHosts(Files.createDirectories(folder.resolve("hosts")));
        hosts.host("h1", "", "");
        datastore = Files.createDirectories(folder.resolve("data store's/100"));
        core.says(
                "one.hostpool.info",
                Descriptions.pool("HOST_POOL", Descriptions.host(1, "h1", "kvm"), Descriptions.host(2, "gone", "kvm")));
        says("ceph", Map.of("POOL_NAME", "pool", "BRIDGE_LIST", "h1 h2"));
        core.says(
                "one.vmpool.info -2 0 -100 -1",
                Descriptions.pool(
                        "VM_POOL",
                        Descriptions.vm(5, STATE_ACTIVE, LCM_RUNNING, "", List.of(new Stay("h1", "kvm", 100)))));
        core.says("one.vmpool.info -2 1 -100 -1", Descriptions.pool("VM_POOL"));
    }

    private void says(String driver, Map<String, String> attributes) {
        core.says(
                "one.datastorepool.info",
                Descriptions.pool(
                        "DATASTORE_POOL",
                        Descriptions.datastore(100, 1, driver, attributes)
                                .replace("/var/lib/one//datastores/100", datastore.toString())));
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    private Sweep.Findings find() throws IOException {
        return new Sweep(Oned.find(core.environment(folder)), SweepLook.through(hosts.way())).findings();
    }

    @Test
    void whatIsNobodysIsFoundAndWhatIsSomebodysIsNot() throws IOException {
        Files.createDirectories(datastore.resolve("5"));
        Files.writeString(datastore.resolve("5/checkpoint.1795402033"), "old");
        Files.createDirectories(datastore.resolve("17"));
        Files.createDirectories(datastore.resolve(".isofiles"));
        Files.createDirectories(datastore.resolve("17.old"));
        Files.createSymbolicLink(datastore.resolve("18"), Path.of("/"));
        hosts.program("h1", "rbd", "echo one-3-5-0; echo one-sys-5-checkpoint; echo one-sys-9-checkpoint");

        assertThat(find().leftovers())
                .extracting(Leftover::what)
                .containsExactly(
                        datastore + "/17",
                        datastore + "/5/checkpoint.1795402033",
                        "one-sys-5-checkpoint",
                        "one-sys-9-checkpoint");
    }

    @Test
    void whoGivesNoAnswerIsNamedAndNothingIsConcludedFromThat() throws IOException {
        assertThat(find().silent())
                .extracting(Failure::what)
                .containsExactly("gone gave no answer", "pool pool gave no answer");
        assertThat(find().leftovers()).isEmpty();
    }

    @Test
    void anAnswerThatBreaksOffCountsForNothing() throws IOException {
        hosts.program("h1", "rbd", "echo one-sys-9-checkpoint; exit 1");

        assertThat(find().leftovers()).isEmpty();
        assertThat(find().silent()).hasSize(2);
    }

    @Test
    void withoutTheCoreNobodyKnowsWhatBelongsToWhom() throws IOException {
        core.close();

        assertThatThrownBy(this::find).isInstanceOf(Failure.class);
    }

    @Test
    void lookingChangesNothing() throws IOException {
        Files.createDirectories(datastore.resolve("17"));
        says("qcow2", Map.of());

        find();

        assertThat(datastore.resolve("17")).isDirectory();
        assertThat(core.calls()).noneMatch(call -> call.contains("recover") || call.contains("update"));
    }
}
