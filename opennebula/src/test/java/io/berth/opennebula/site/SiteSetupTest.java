package io.berth.opennebula.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteSetupTest {
    private static final String CORE = """
            # VM_MAD = [ NAME = "berth-kvm" ]   a comment, no driver
            DB = [ BACKEND = "mysql", PASSWD = "it's ] \\" secret # not a comment" ]
            VM_MAD = [
                NAME       = "kvm",   # the stock one
                ARGUMENTS  = "-t 15 -r 0 kvm -p",
                TYPE       = "kvm" ]
            """;
    private static final String VARIABLES = "LIVE_DISK_SNAPSHOTS=\"kvm-qcow2 kvm-ceph qemu-qcow2\"\nPRIORITY=19\n";

    @TempDir
    Path folder;

    private Path core;
    private Path variables;
    private SiteSetup setup;

    @BeforeEach
    void makeSite() throws IOException {
        var places = SitePlaces.find(Map.of("ONE_LOCATION", folder.toString()));
        core = places.core();
        variables = places.driverVariables();
        Files.createDirectories(variables.getParent());
        Files.writeString(core, CORE);
        Files.writeString(variables, VARIABLES);
        Files.setPosixFilePermissions(core, PosixFilePermissions.fromString("rw-r-----"));
        var launcher = folder.resolve("one_vmm_berth");
        Files.writeString(launcher, "#!/bin/sh\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        setup = new SiteSetup(places, launcher);
    }

    @Test
    void lookingChangesNothing() throws IOException {
        assertThat(setup.installation()).allMatch(SiteChange::isEffective);

        assertThat(Files.readString(core)).isEqualTo(CORE);
        assertThat(names(folder.resolve("etc"))).containsExactlyInAnyOrder("oned.conf", "vmm_exec");
    }

    @Test
    void theDriverIsAddedBesideTheStockOne() throws IOException {
        SiteSetup.apply(setup.installation());

        var text = Files.readString(core);
        assertThat(text).startsWith(CORE);
        assertThat(OnedConf.parse(text).sections("VM_MAD"))
                .extracting(section -> section.value("NAME"))
                .containsExactly("kvm", "berth-kvm");
        assertThat(OnedConf.parse(text).sections("VM_MAD").getLast().value("EXECUTABLE"))
                .isEqualTo(folder.resolve("one_vmm_berth").toString());
    }

    @Test
    void itIsOnlyDoneOnce() throws IOException {
        SiteSetup.apply(setup.installation());
        var once = Files.readString(core);

        assertThat(setup.installation()).noneMatch(SiteChange::isEffective);
        SiteSetup.apply(setup.installation());
        assertThat(Files.readString(core)).isEqualTo(once);
    }

    @Test
    void anotherInstallationOfBerthTakesThePlaceOfTheFirst() throws IOException {
        SiteSetup.apply(setup.installation());
        var other = folder.resolve("other");
        Files.copy(folder.resolve("one_vmm_berth"), other);
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));

        SiteSetup.apply(
                new SiteSetup(SitePlaces.find(Map.of("ONE_LOCATION", folder.toString())), other).installation());

        assertThat(Files.readString(core)).contains("other").doesNotContain("one_vmm_berth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A = 1\n", "A = 1", "", "\n\n", "caf\u00e9 = [ \"\u0080\" ]\r\n"})
    void removingLeavesTheFilesByteForByteAsTheyWere(String text) throws IOException {
        Files.write(core, text.getBytes(ISO_8859_1));
        SiteSetup.apply(setup.installation());
        assertThat(Files.readAllBytes(core)).isNotEqualTo(text.getBytes(ISO_8859_1));

        SiteSetup.apply(setup.removal());

        assertThat(Files.readAllBytes(core)).isEqualTo(text.getBytes(ISO_8859_1));
        assertThat(Files.readString(variables)).isEqualTo(VARIABLES);
    }

    @Test
    void whatTheOwnerWroteMeanwhileStays() throws IOException {
        SiteSetup.apply(setup.installation());
        Files.writeString(core, "# new head\n" + Files.readString(core) + "# new tail\n");

        SiteSetup.apply(setup.removal());

        assertThat(Files.readString(core)).isEqualTo("# new head\n" + CORE + "# new tail\n");
    }

    @Test
    void ownerModeAndLinkStayAndTheOldTextIsKeptBeside() throws IOException {
        var real = folder.resolve("real.conf");
        Files.move(core, real);
        Files.createSymbolicLink(core, real);

        SiteSetup.apply(setup.installation());

        assertThat(Files.isSymbolicLink(core)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        assertThat(folder.resolve("real.conf.before-berth")).hasContent(CORE);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("real.conf.before-berth"))))
                .isEqualTo("rw-r-----");
        assertThat(folder.resolve("real.conf.berth-new")).doesNotExist();
    }

    @Test
    void aFileThatWasWrittenSinceItWasReadIsNotTouched() throws IOException {
        var changes = setup.installation();
        Files.writeString(core, "somebody else's\n");

        var failure = catchThrowableOfType(Failure.class, () -> SiteSetup.apply(changes));

        assertThat(failure.code()).isEqualTo("install.changed");
        assertThat(Files.readString(core)).isEqualTo("somebody else's\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# BEGIN berth: made by 'berth opennebula install', taken away by 'uninstall'\nVM_MAD = [\n",
                "# END berth\n",
                "# END berth\n# BEGIN berth: made by 'berth opennebula install', taken away by 'uninstall'\n",
                "x\n# BEGIN berth (edited)\n# END berth\n"
            })
    void aBlockThatWasTamperedWithIsLeftToItsOwner(String text) throws IOException {
        Files.writeString(core, CORE + text);

        for (var attempt : List.<Runnable>of(setup::installation, setup::removal)) {
            assertThat(catchThrowableOfType(Failure.class, attempt::run).code()).isEqualTo("install.damaged");
        }
        assertThat(Files.readString(core)).isEqualTo(CORE + text);
    }

    @Test
    void aDriverOfThatNameThatSomebodyWroteIsRespected() throws IOException {
        Files.writeString(core, CORE + "vm_mad=[name=\"berth-kvm\",type=\"kvm\"]");

        assertThat(catchThrowableOfType(Failure.class, setup::installation).code())
                .isEqualTo("install.hand-made");
    }

    @Test
    void withoutLauncherOrFrontEndNothingIsBegun() throws IOException {
        var nowhere =
                new SiteSetup(SitePlaces.find(Map.of("ONE_LOCATION", "/nowhere")), folder.resolve("one_vmm_berth"));
        var bare =
                new SiteSetup(SitePlaces.find(Map.of("ONE_LOCATION", folder.toString())), folder.resolve("not-there"));

        assertThat(catchThrowableOfType(Failure.class, nowhere::installation).code())
                .isEqualTo("install.unreadable");
        assertThat(catchThrowableOfType(Failure.class, bare::installation).code())
                .isEqualTo("install.no-launcher");
    }

    @Test
    void scriptsForTheStockDriverAreLaidBesideItsOwnAndTakenBack() throws IOException {
        var scripts = makeScriptFolder();

        SiteSetup.apply(setup.installation());

        for (var name : List.of("tmsave", "tmrestore")) {
            assertThat(Files.readSymbolicLink(scripts.resolve(name))).isEqualTo(folder.resolve("memory_script"));
        }
        assertThat(setup.installation()).noneMatch(SiteChange::isEffective);
        SiteSetup.apply(setup.removal());
        assertThat(scripts).isEmptyDirectory();
    }

    @Test
    void anotherInstallationsScriptsAreReplacedAndSomebodyElsesAreLeftAlone() throws IOException {
        var scripts = makeScriptFolder();
        Files.createSymbolicLink(scripts.resolve("tmsave"), Path.of("/opt/older/share/opennebula/memory_script"));
        Files.writeString(scripts.resolve("tmrestore"), "an addon's\n");

        SiteSetup.apply(setup.installation());

        assertThat(Files.readSymbolicLink(scripts.resolve("tmsave"))).isEqualTo(folder.resolve("memory_script"));
        assertThat(scripts.resolve("tmrestore")).hasContent("an addon's\n");
        SiteSetup.apply(setup.removal());
        assertThat(names(scripts)).containsExactly("tmrestore");
    }

    @Test
    void aScriptThatADriverOfTheSitesIsToldToRunIsNotTakenAway() throws IOException {
        var scripts = makeScriptFolder();
        SiteSetup.apply(setup.installation());
        var text = Files.readString(core);
        Files.writeString(core, text.replace("kvm -p\",\n    TYPE", "kvm -p -l save=tmsave\",\n    TYPE"));

        var failure = catchThrowableOfType(Failure.class, setup::removal);

        assertThat(failure.code()).isEqualTo("uninstall.in-use");
        assertThat(failure.why()).contains("VM_MAD kvm");
        assertThat(names(scripts)).containsExactlyInAnyOrder("tmsave", "tmrestore");
    }

    @Test
    void aMonitorScriptIsReplacedOnlyWhereThatIsAskedForAndComesBack() throws IOException {
        var monitor = makeMonitor();
        SiteSetup.apply(setup.installation());
        assertThat(monitor).hasContent("the site's\n");

        SiteSetup.apply(setup.capacity(List.of("shared", "qcow2")));

        assertThat(Files.readSymbolicLink(monitor)).isEqualTo(folder.resolve("capacity_script"));
        assertThat(monitor.resolveSibling("monitor.before-berth")).hasContent("the site's\n");
        assertThat(names(folder.resolve("var/remotes/tm/qcow2")))
                .containsExactlyInAnyOrder("monitor", "monitor.before-berth");
        assertThat(setup.capacity(List.of("qcow2"))).noneMatch(SiteChange::isEffective);
        SiteSetup.apply(setup.removal());
        assertThat(monitor).isRegularFile().hasContent("the site's\n");
        assertThat(names(folder.resolve("var/remotes/tm/qcow2"))).containsExactly("monitor");
    }

    @Test
    void aMonitorScriptThatCameWithAnUpgradeTakesThePlaceOfTheOneThatWasKept() throws IOException {
        var monitor = makeMonitor();
        SiteSetup.apply(setup.capacity(List.of("qcow2")));
        Files.delete(monitor);
        executable(monitor, "a newer one\n");

        SiteSetup.apply(setup.capacity(List.of("qcow2")));

        assertThat(monitor.resolveSibling("monitor.before-berth")).hasContent("a newer one\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ceph", "..", "../tm/qcow2", "", "no such"})
    void aDriverWithoutMonitorScriptIsRefused(String driver) throws IOException {
        var _ = makeMonitor();

        assertThat(catchThrowableOfType(Failure.class, () -> setup.capacity(List.of(driver)))
                        .code())
                .isEqualTo("install.no-monitor");
    }

    private Path makeMonitor() throws IOException {
        executable(folder.resolve("capacity_script"), "#!/bin/sh\n");
        var drivers = Files.createDirectories(folder.resolve("var/remotes/tm"));
        Files.createDirectories(drivers.resolve("ceph"));
        var monitor = Files.createDirectories(drivers.resolve("qcow2")).resolve("monitor");
        executable(monitor, "the site's\n");
        Files.createSymbolicLink(drivers.resolve("shared"), Path.of("qcow2"));
        return monitor;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path makeScriptFolder() throws IOException {
        var script = folder.resolve("memory_script");
        Files.copy(folder.resolve("one_vmm_berth"), script, StandardCopyOption.COPY_ATTRIBUTES);
        return Files.createDirectories(folder.resolve("var/remotes/vmm/kvm"));
    }

    /** By the shell itself, as the launcher sources the file. */
    @Test
    void whatTheSiteAllowsForKvmIsAllowedForBerth() throws Exception {
        SiteSetup.apply(setup.installation());

        var shell = new ProcessBuilder(
                        "/bin/bash", "-uc", ". \"$0\"; echo \"$LIVE_DISK_SNAPSHOTS\"", variables.toString())
                .start();
        var said = new String(shell.getInputStream().readAllBytes(), ISO_8859_1);

        assertThat(shell.waitFor()).isZero();
        assertThat(said.strip()).isEqualTo("kvm-qcow2 kvm-ceph qemu-qcow2 berth-kvm-qcow2 berth-kvm-ceph");
    }

    @Test
    void aHostileFileIsReadInReasonableTime() throws IOException {
        Files.writeString(core, "VM_MAD = [ " + "A = \"".repeat(100_000) + "#".repeat(100_000) + "[".repeat(100_000));

        assertThat(setup.installation()).isNotEmpty();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
