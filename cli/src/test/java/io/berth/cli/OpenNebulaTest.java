package io.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.HostView;
import io.berth.engine.MachineState;
import io.berth.engine.MachineView;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.Descriptions.Stay;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth opennebula ...} as a command. The host's name is an address to which no ssh ever connects. */
@Timeout(120)
class OpenNebulaTest {
    private static final String HOST = "255.255.255.255";
    private static final int RUNNING = 3;
    private static final int SAVE_SUSPEND = 6;

    @TempDir
    Path folder;

    private final CommandLineFixture berth = new CommandLineFixture();
    private StandInCore core;

    @BeforeEach
    void makeSite() throws IOException {
        core = new StandInCore();
        berth.environment.putAll(core.environment(folder));
        berth.environment.put("ONE_LOCATION", folder.toString());
        berth.environment.put("BERTH_HOME", folder.resolve("berth").toString());
        Files.createDirectories(folder.resolve("etc/vmm_exec"));
        Files.createDirectories(folder.resolve("var/remotes/vmm/kvm"));
        Files.writeString(folder.resolve("etc/oned.conf"), "DB = [ PASSWD = \"db-secret\" ]\n");
        Files.writeString(folder.resolve("etc/vmm_exec/vmm_execrc"), "LIVE_DISK_SNAPSHOTS=\"\"\n");
        var launcher = folder.resolve("one_vmm_berth");
        Files.writeString(launcher, "#!/bin/sh\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        core.says("one.system.version", "7.0.1");
        core.says("one.hostpool.info", Descriptions.pool("HOST_POOL", Descriptions.host(1, HOST, "kvm")));
        core.says("one.datastorepool.info", Descriptions.pool("DATASTORE_POOL"));
        core.says("one.datastore.info 100", Descriptions.datastore(100, 1, "qcow2", Map.of()));
        core.says("one.vm.recover 42 0", "42");
        guestRuns();
        vmIs(SAVE_SUSPEND);
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    private void guestRuns() {
        berth.engine.hosts.views.add(new HostView(new HostRef(HOST), "root@h1", "libvirt"));
        berth.engine.machines.views.add(new MachineView(
                Samples.vm("one-42"), MachineState.RUNNING, new HostRef(HOST), "", Optional.empty(), Optional.empty()));
    }

    private void vmIs(int lcmState) {
        core.says("one.vm.info 42", Descriptions.vm(42, 3, lcmState, "", List.of(new Stay(HOST, "kvm", 100))));
    }

    @Test
    void explainSaysWhatIsTrueAndWhatIsSafe() {
        assertThat(berth.run("opennebula", "explain", "42")).isZero();

        assertThat(berth.output())
                .contains("42 (web)", "SAVE_SUSPEND", "runs", "onevm recover --failure 42", "CONDITION")
                .containsPattern("HOST +GUEST +FOLDER +CHECKPOINT +REMARK");
        assertThat(core.calls()).noneMatch(call -> call.startsWith("one.vm.recover"));
    }

    @Test
    void explainForPrograms() {
        assertThat(berth.run("opennebula", "explain", "42", "--json")).isZero();

        assertThat(berth.output())
                .contains(
                        "\"recovery\" : \"--failure\"",
                        "\"only_when_idle\" : true",
                        "\"opennebula_state\" : \"SAVE_SUSPEND\"");
    }

    @Test
    void explainSaysNothingWhenItIsNotKnown() {
        berth.engine.hosts.views.clear();
        berth.engine.machines.views.clear();

        assertThat(berth.run("opennebula", "explain", "42")).isEqualTo(ExitCode.UNKNOWN.number());
        assertThat(berth.output()).contains("untold").doesNotContain("onevm recover");
        assertThat(berth.run("opennebula", "explain", "42", "--apply", "--yes")).isNotZero();
        assertThat(core.calls()).noneMatch(call -> call.startsWith("one.vm.recover"));
    }

    @Test
    void applyAsksAndThenTells() {
        berth.consent.answer = Optional.of(true);

        assertThat(berth.run("opennebula", "explain", "42", "--apply")).isZero();

        assertThat(berth.consent.questions).singleElement().asString().contains("Nothing works on VM 42", "--failure");
        assertThat(core.calls()).endsWith("one.vm.recover 42 0");
    }

    @Test
    void aNoIsANoAndNobodyThereIsOneToo() {
        berth.consent.answer = Optional.of(false);
        assertThat(berth.run("opennebula", "explain", "42", "--apply")).isEqualTo(ExitCode.CANCELLED.number());
        berth.consent.answer = Optional.empty();
        assertThat(berth.run("opennebula", "explain", "42", "--apply")).isEqualTo(ExitCode.USAGE.number());

        assertThat(core.calls()).noneMatch(call -> call.startsWith("one.vm.recover"));
    }

    @Test
    void whereThereIsNothingToTellNobodyIsAsked() {
        vmIs(RUNNING);

        assertThat(berth.run("opennebula", "explain", "42", "--apply")).isEqualTo(ExitCode.USAGE.number());

        assertThat(berth.errors()).contains("opennebula.no-recovery");
        assertThat(berth.consent.questions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "-1", "1e3", "99999999999", "4 2"})
    void whatIsNoNumberOfAVmIsRefused(String word) {
        assertThat(berth.run("opennebula", "explain", "--", word)).isEqualTo(ExitCode.USAGE.number());
        assertThat(core.calls()).isEmpty();
    }

    @Test
    void checkFindsTheSiteInOrder() {
        assertThat(berth.run("opennebula", "check")).isZero();
        assertThat(berth.output())
                .containsPattern("core +good OpenNebula 7.0.1")
                .contains("host " + HOST);

        core.refuses("one.system.version", 0x2000, "no");
        assertThat(berth.run("opennebula", "check")).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(berth.output()).containsPattern("core +bad ");
    }

    @Test
    void installShowsFirstDoesThenAndIsTakenBack() throws IOException {
        var before = Files.readString(folder.resolve("etc/oned.conf"));
        var launcher = folder.resolve("one_vmm_berth").toString();

        assertThat(berth.run("opennebula", "install", "--launcher", launcher)).isZero();
        assertThat(berth.output()).contains("+ VM_MAD = [", launcher).doesNotContain("db-secret");
        assertThat(folder.resolve("etc/oned.conf")).hasContent(before);

        assertThat(berth.run("opennebula", "install", "--launcher", launcher, "--apply", "-v"))
                .isZero();
        assertThat(berth.output()).contains("systemctl restart opennebula");
        assertThat(folder.resolve("etc/oned.conf")).content().contains("berth-kvm");

        assertThat(berth.run("opennebula", "uninstall", "--apply")).isZero();
        assertThat(Files.readString(folder.resolve("etc/oned.conf"))).isEqualTo(before);
    }

    @Test
    void theRoomOfADatastoreIsToldAsOpenNebulaReadsItOrNotAtAll() throws IOException {
        var driver = Files.createDirectories(folder.resolve("var/remotes/tm/qcow2"));
        executable(driver.resolve("monitor.before-berth"), "#!/bin/sh\necho USED_MB=30 FREE_MB=70 TOTAL_MB=100\n");
        var message = "<DS_DRIVER_ACTION_DATA>" + Descriptions.datastore(100, 1, "qcow2", Map.of())
                + "</DS_DRIVER_ACTION_DATA>";
        berth.input = Base64.getEncoder().encodeToString(message.getBytes(UTF_8));

        assertThat(berth.run("opennebula", "capacity", "100")).isZero();
        assertThat(berth.output()).isEqualTo("TOTAL_MB=100\nUSED_MB=30\nFREE_MB=70\n");

        executable(driver.resolve("monitor.before-berth"), "#!/bin/sh\necho USED_MB=30 FREE_MB=70\n");
        assertThat(berth.run("opennebula", "capacity", "100")).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(berth.output()).isEmpty();
        assertThat(berth.errors()).contains("capacity.garbled");
    }

    @Test
    void installPutsItsScriptInTheMonitorsPlaceOnlyWhenThatIsAskedFor() throws IOException {
        var launcher = folder.resolve("one_vmm_berth").toString();
        executable(folder.resolve("capacity_script"), "#!/bin/sh\n");
        var monitor =
                Files.createDirectories(folder.resolve("var/remotes/tm/qcow2")).resolve("monitor");
        executable(monitor, "the site's\n");

        assertThat(berth.run("opennebula", "install", "--launcher", launcher, "--capacity", "qcow2"))
                .isZero();
        assertThat(berth.output()).contains("  - the site's own script", "as monitor.before-berth");
        assertThat(monitor).isRegularFile().hasContent("the site's\n");
        assertThat(berth.run("opennebula", "install", "--launcher", launcher, "--capacity", "ceph"))
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(berth.errors()).contains("install.no-monitor");

        assertThat(berth.run("opennebula", "install", "--launcher", launcher, "--capacity", "qcow2", "--apply"))
                .isZero();
        assertThat(monitor).isSymbolicLink();
        assertThat(berth.run("opennebula", "uninstall", "--apply")).isZero();
        assertThat(monitor).isRegularFile().hasContent("the site's\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void uninstallStrandsNobody() {
        berth.engine.checkpoints.entries.add(Samples.checkpoint("one-42", CheckpointState.COMPLETE));

        assertThat(berth.run("opennebula", "uninstall")).as("looking is free").isZero();
        assertThat(berth.run("opennebula", "uninstall", "--apply")).isEqualTo(ExitCode.REFUSED.number());
        assertThat(berth.errors()).contains("uninstall.stranded", "one-42");
    }
}
