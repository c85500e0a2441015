package io.berth.opennebula.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.engine.Finding;
import io.berth.engine.HostView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteCheckTest {
    private static final Map<String, Path> FOLDERS =
            Map.of("vms", Path.of("/var/lib/one/datastores/100"), "others", Path.of("/var/lib/one/datastores/101"));

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private StandInCore core;
    private SiteCheck check;

    @BeforeEach
    void makeSite() throws IOException {
        core = new StandInCore();
        var places = SitePlaces.find(Map.of("ONE_LOCATION", folder.toString()));
        Files.createDirectories(places.etc());
        Files.createDirectories(places.var().resolve("remotes/vmm/kvm"));
        Files.writeString(places.core(), "VM_MAD = [ NAME = \"kvm\" ]\n");
        var environment = core.environment(folder);
        check = new SiteCheck(places, () -> Oned.find(environment), engine, Set.of("fast", "vms", "others"), FOLDERS);
        core.says("one.system.version", "7.0.1");
        core.says("one.hostpool.info", Descriptions.pool("HOST_POOL", Descriptions.host(1, "h1", "kvm")));
        datastoreHas(Map.of());
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    private void datastoreHas(Map<String, String> attributes) {
        core.says(
                "one.datastorepool.info",
                Descriptions.pool(
                        "DATASTORE_POOL",
                        Descriptions.datastore(100, 1, "ceph", attributes),
                        Descriptions.datastore(1, 0, "ceph", Map.of("CHECKPOINT_LOCATION", "block"))));
    }

    private Finding finding(String subject) {
        return check.findings().stream()
                .filter(finding -> finding.subject().startsWith(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void checkpointsAreCountedOnlyWhereOpenNebulaAsksBerth() throws IOException {
        datastoreHas(Map.of("BERTH_CAPACITY", "besides"));
        assertThat(finding("datastore 100").trouble().orElseThrow().code()).isEqualTo("check.capacity");
        datastoreHas(Map.of("BERTH_CAPACITY", "beside"));
        assertThat(finding("datastore 100").trouble().orElseThrow().code()).isEqualTo("check.capacity");

        var scripts = Files.createDirectories(folder.resolve("var/remotes/tm/ceph"));
        Files.createSymbolicLink(scripts.resolve("monitor"), Path.of("/opt/berth/share/opennebula/capacity_script"));

        assertThat(finding("datastore 100").trouble()).isEmpty();
    }

    @Test
    void aSiteThatBerthIsNewToIsInOrder() {
        assertThat(check.findings()).allMatch(finding -> finding.trouble().isEmpty());
        assertThat(finding("core").text()).isEqualTo("OpenNebula 7.0.1");
        assertThat(finding("driver").text()).contains("not installed");
        assertThat(finding("host h1").text()).contains("not known to Berth");
        assertThat(finding("datastore 100").text()).contains("as stock does it");
    }

    @Test
    void onlySystemDatastoresAreLookedAt() {
        assertThat(check.findings()).noneMatch(finding -> finding.subject().startsWith("datastore 1 "));
    }

    @Test
    void aCoreThatGivesNoAnswerIsOneFindingAmongOthers() throws IOException {
        core.close();

        assertThat(finding("core").trouble()).map(Failure::code).contains("oned.unreachable");
        assertThat(finding("scripts").trouble()).isEmpty();
    }

    @Test
    void aDriverThatCannotBeStartedIsFound() throws IOException {
        Files.writeString(
                folder.resolve("etc/oned.conf"),
                "VM_MAD = [ NAME=\"berth-kvm\", EXECUTABLE=\"/nowhere/one_vmm_berth\" ]");

        assertThat(finding("driver").trouble()).map(Failure::code).contains("check.launcher");
    }

    @ParameterizedTest
    @CsvSource({"fast, ''", "slow, check.mapping", "'', check.mapping"})
    void aDatastoreThatAsksForBlocksNeedsOneOfBerths(String mapping, String code) {
        datastoreHas(Map.of("CHECKPOINT_LOCATION", "BLOCK", "BERTH_DATASTORE", mapping));

        assertThat(finding("datastore 100").trouble().map(Failure::code).orElse(""))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"yes, ''", "AUTO, ''", "maybe, check.shared"})
    void whetherItIsSharedIsSaidInWordsThatAreKnown(String shared, String code) {
        datastoreHas(Map.of("DS_SHARED", shared));

        assertThat(finding("datastore 100").trouble().map(Failure::code).orElse(""))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"vms, ''", "others, check.directories", "fast, check.directories", "none, check.directories"})
    void aDatastoreWhoseDirectoriesAreTakenAlongNeedsOneOfBerthsWithTheSameFolder(String mapping, String code) {
        datastoreHas(Map.of("DS_SHARED", "auto", "BERTH_DIRECTORIES", mapping));

        assertThat(finding("datastore 100").trouble().map(Failure::code).orElse(""))
                .isEqualTo(code);
    }

    @Test
    void whatIsWrongWithAHostThatBerthKnowsIsFound() {
        engine.hosts.views.add(new HostView(new HostRef("h1"), "root@h1", "libvirt"));
        engine.hosts.findings.add(new Finding("helper", "", Optional.of(Samples.failure(FailureKind.ENVIRONMENT))));

        assertThat(finding("host h1").trouble()).map(Failure::code).contains("test.failure");
    }
}
