package io.berth.hypervisor.libvirt.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import io.berth.driver.hypervisor.Phase;
import io.berth.hypervisor.libvirt.Golden;
import io.berth.transport.LocalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformationsTest {
    private static final HostFacts HOST =
            (type, architecture, machine) -> Optional.of(Golden.text("domcapabilities.xml"));
    private static final HostFacts SILENT = (type, architecture, machine) -> Optional.empty();

    @Test
    void freePageReportingIsTurnedOnWhereThereIsABalloonAndNoWish() {
        var transformation = new FreePageReporting();
        assertThat(deploy(transformation, devices("<memballoon model='virtio'/>")))
                .contains("freePageReporting='on'");
        assertThat(deploy(transformation, devices("<disk/>"))).contains("freePageReporting='on'");
        assertThat(deploy(transformation, devices("<memballoon model='none'/>")))
                .doesNotContain("freePage");
        var off = devices("<memballoon model='virtio' freePageReporting='off'/>");
        assertThat(deploy(transformation, off)).isEqualTo(off);
        assertThat(transformation.phases()).containsExactly(Phase.DEPLOY);
    }

    @Test
    void theMachineIsPinnedToWhatTheHostMakesOfIt() {
        var domain = "<domain type='qemu'><os><type arch='x86_64' machine='pc'>hvm</type></os></domain>";
        assertThat(deploy(new PinMachine(), domain)).contains("machine='pc-i440fx-7.2'");
        assertThat(new PinMachine()
                        .apply(new DomainXml(domain), Phase.DEPLOY, SILENT)
                        .text())
                .isEqualTo(domain);
    }

    @Test
    void hostModelIsPinnedToModelAndFeaturesAndTheOwnersFeaturesStay() {
        var domain = "<domain type='qemu'><os><type arch='x86_64' machine='pc'>hvm</type></os>"
                + "<cpu mode='host-model'><feature policy='disable' name='erms'/></cpu></domain>";
        var pinned = deploy(new PinCpu(), domain);
        assertThat(pinned).contains("mode='custom'").contains("<model fallback='forbid'>EPYC</model>");
        assertThat(pinned).containsOnlyOnce("name='erms'").contains("<feature name='erms' policy='disable'/>");
        assertThat(deploy(new PinCpu(), pinned)).isEqualTo(pinned);
        var passthrough = domain.replace("host-model", "host-passthrough");
        assertThat(deploy(new PinCpu(), passthrough)).isEqualTo(passthrough);
    }

    @Test
    void aRestoreChangesTheCacheModeOnlyWhereTheGuestCannotSeeIt() {
        var disk = "<disk type='file'><driver name='qemu' cache='writethrough'/></disk><disk type='file'/>"
                + "<disk device='cdrom'/><disk><readonly/></disk>";
        var none = new CacheMode("none");
        assertThat(deploy(none, devices(disk)).split("cache='none'", -1)).hasSize(3);
        var restored =
                none.apply(new DomainXml(devices(disk)), Phase.RESTORE, SILENT).text();
        assertThat(restored).contains("cache='writethrough'");
        assertThat(restored.split("cache='none'", -1)).hasSize(2);
        assertThatThrownBy(() -> new CacheMode("fast"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("settings.cache-mode"));
    }

    @Test
    void discardIsSetWhereTheOwnerSaidNothing() {
        assertThat(deploy(new Discard(), devices("<disk type='file'/><disk><driver discard='ignore'/></disk>")))
                .containsOnlyOnce("discard='unmap'")
                .contains("discard='ignore'");
    }

    @Test
    void pathsFollowTheLongestFolderAndNoLookalike() {
        var paths = new MovedPaths(Map.of("/a", "/x", "/a/b", "/y"));
        var moved = deploy(
                paths,
                devices("<disk><source file='/a/b/1'/></disk><disk><source file='/a/2'/></disk>"
                        + "<disk><source file='/abc/3'/></disk>"));
        assertThat(moved).contains("'/y/1'").contains("'/x/2'").contains("'/abc/3'");
    }

    @Test
    void aSitesProgramGetsPhaseAndDefinitionAndItsAnswerCounts(@TempDir Path folder) throws IOException {
        var program = script(folder, "sed \"s/<name>x</<name>$1</\"");
        assertThat(deploy(site(program), "<domain><name>x</name></domain>"))
                .isEqualTo("<domain><name>deploy</name></domain>");
    }

    @Test
    void aSitesProgramThatFailsHangsBabblesOrAnswersNonsenseRefusesTheOperation(@TempDir Path folder)
            throws IOException {
        refused("program.failed", folder, "echo no such thing >&2; exit 3");
        refused("program.failed", folder, "sleep 60");
        refused("program.failed", folder, "exec yes");
        refused("xml.malformed", folder, "echo nonsense");
        refused("vm.bad-definition", folder, "echo '<volume/>'");
        refused(
                "xml.malformed",
                folder,
                "echo '<!DOCTYPE d [<!ENTITY e SYSTEM \"/etc/passwd\">]><domain>&e;</domain>'");
        assertThatThrownBy(() -> deploy(site(folder.resolve("absent")), "<domain/>"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("program.failed"));
    }

    private static void refused(String code, Path folder, String body) throws IOException {
        var program = script(folder, body);
        assertThatThrownBy(() -> deploy(site(program), "<domain/>"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static SiteTransformation site(Path program) {
        return new SiteTransformation("site", program, Set.of(Phase.DEPLOY), Duration.ofSeconds(2), LocalProgram::run);
    }

    private static Path script(Path folder, String body) throws IOException {
        var file = Files.createTempFile(folder, "site", "");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String devices(String inside) {
        return "<domain><devices>" + inside + "</devices></domain>";
    }

    private static String deploy(DomainTransformation transformation, String domain) {
        return transformation.apply(new DomainXml(domain), Phase.DEPLOY, HOST).text();
    }
}
