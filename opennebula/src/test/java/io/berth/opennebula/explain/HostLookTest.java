package io.berth.opennebula.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.explain.FolderSight.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that looks is run by a real shell; what is around it is a stand-in. */
@Timeout(120)
class HostLookTest {
    private static final String GUEST = "one-42";

    @TempDir
    Path folder;

    private StandInHosts hosts;
    private HostLook look;
    private Path vm;

    @BeforeEach
    void makeHosts() throws IOException {
        hosts = new StandInHosts(Files.createDirectories(folder.resolve("hosts")));
        look = HostLook.through(hosts.way());
        vm = folder.resolve("data store's/100/42");
    }

    private HostSight see() {
        return look.at("h1", vm.toString(), GUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "running, RUNNING",
        "paused, PAUSED",
        "in shutdown, BETWEEN",
        "crashed, BETWEEN",
        "shut off, ABSENT",
        "'', ABSENT",
        "something new, UNTOLD"
    })
    void whatLibvirtSaysOfTheGuestIsSeen(String state, GuestSight expected) throws IOException {
        hosts.host("h1", GUEST, state);

        assertThat(see().guest()).isEqualTo(expected);
    }

    @Test
    void aProcessThatLibvirtDeniesIsNoAbsence() throws IOException {
        hosts.withProcessOnly("h1");

        assertThat(see().guest()).isEqualTo(GuestSight.BETWEEN);
    }

    @ParameterizedTest
    @CsvSource({"None, RUNNING", "Unbounded, BETWEEN", "Bounded, BETWEEN", "'Unbounded, Operation: Backup', RUNNING"})
    void aGuestThatIsBeingMovedOrSavedStaysInNoState(String job, GuestSight expected) throws IOException {
        hosts.host("h1", GUEST, "running", job);

        assertThat(see().guest()).isEqualTo(expected);
    }

    /** A real process that the real pgrep finds: the shell that looks has the script's name in its command line too. */
    @Test
    void aScriptIsAtWorkOnTheGuestAsLongAsItRuns() throws IOException, InterruptedException {
        var script = hosts.waitingScript("migrate");
        var command = script + " " + GUEST + " ";
        hosts.host("h1", GUEST, "running");
        hosts.withRealProcesses("h1");
        assertThat(look.at("h1", "", GUEST, command).guest()).isEqualTo(GuestSight.RUNNING);

        var process = new ProcessBuilder(script.toString(), GUEST, "h2").start();
        assertThat(look.at("h1", "", GUEST, command).guest()).isEqualTo(GuestSight.BETWEEN);
        process.getOutputStream().close();
        process.waitFor();

        assertThat(look.at("h1", "", GUEST, command).guest()).isEqualTo(GuestSight.RUNNING);
    }

    /** It would be asked in vain for ever. */
    @Test
    void aHostThatRunsItsGuestsWithoutLibvirtIsToldFromOneThatGivesNoAnswer() throws IOException {
        hosts.withoutVirsh("h1");

        assertThat(see().guest()).isEqualTo(GuestSight.UNASKED);
        assertThat(see().why()).isEqualTo("there is no libvirt");
    }

    @Test
    void aHostWithoutLibvirtOrOutOfReachTellsNothing() throws IOException {
        hosts.withoutLibvirt("h1");

        assertThat(see().guest()).isEqualTo(GuestSight.UNTOLD);
        assertThat(look.at("gone", vm.toString(), GUEST)).satisfies(sight -> {
            assertThat(sight.guest()).isEqualTo(GuestSight.UNTOLD);
            assertThat(sight.why()).contains("No route to host");
        });
        assertThat(look.at("-oProxyCommand=x", vm.toString(), GUEST).why()).contains("no host's name");
    }

    @Test
    void aFolderIsMissingOnlyWhereItsDatastoreIsThere() throws IOException {
        hosts.host("h1", GUEST, "");

        assertThat(see().folder().presence()).isEqualTo(Presence.UNTOLD);
        assertThat(see().folder().memory()).isEqualTo(MemoryFile.UNTOLD);
        Files.createDirectories(vm.getParent());
        assertThat(see().folder().presence()).isEqualTo(Presence.MISSING);
        Files.createDirectories(vm);
        assertThat(see().folder())
                .extracting(FolderSight::presence, FolderSight::memory)
                .containsExactly(Presence.THERE, MemoryFile.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "LibvirtQemudSave and more, COMPLETE",
        "LibvirtQemudPart and more, UNFINISHED",
        "'', UNFINISHED",
        "Libvirt, UNFINISHED",
        "some other text, UNFINISHED"
    })
    void whatACheckpointBeginsWithTellsWhetherItIsComplete(String content, MemoryFile expected) throws IOException {
        hosts.host("h1", GUEST, "");
        Files.createDirectories(vm);
        Files.writeString(vm.resolve("checkpoint"), content);
        Files.writeString(vm.resolve("checkpoint.1795402033"), "old");
        Files.writeString(vm.resolve("checkpoint.xml"), "not one");

        assertThat(see().folder().memory()).isEqualTo(expected);
        assertThat(see().folder().leftovers()).containsExactly("checkpoint.1795402033");
    }

    @Test
    void aCheckpointsAgeIsTold() throws IOException {
        hosts.host("h1", GUEST, "");
        Files.createDirectories(vm);
        var file = Files.writeString(vm.resolve("checkpoint"), "LibvirtQemudSave");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        assertThat(see().folder().hasMemoryWritten(Duration.ofHours(2))).isTrue();
        assertThat(see().folder().hasMemoryWritten(Duration.ofMinutes(50))).isFalse();
    }

    @Test
    void aLinkThatLeadsNowhereIsNotTakenForNothing() throws IOException {
        hosts.host("h1", GUEST, "");
        Files.createDirectories(vm);
        Files.createSymbolicLink(vm.resolve("checkpoint"), Path.of("/dev/storpool/one-sys-42-rawcheckpoint"));

        assertThat(see().folder().memory()).isEqualTo(MemoryFile.UNTOLD);
    }

    @Test
    void twoHostsThatShareAFolderSeeTheSameFile() throws IOException {
        hosts.host("h1", GUEST, "");
        hosts.host("h2", GUEST, "");
        Files.createDirectories(vm);
        Files.writeString(vm.resolve("checkpoint"), "LibvirtQemudSave");

        var first = see().folder();
        var second = look.at("h2", vm.toString(), GUEST).folder();

        assertThat(first.isSameAs(second)).isTrue();
        assertThat(first.memoryIdentity()).isNotEmpty().isEqualTo(second.memoryIdentity());
    }

    @Test
    void lookingLeavesEverythingAsItWas() throws IOException {
        hosts.host("h1", GUEST, "running");
        Files.createDirectories(vm);
        Files.writeString(vm.resolve("checkpoint"), "LibvirtQemudSave");
        var before = Files.getLastModifiedTime(vm);

        see();

        assertThat(Files.getLastModifiedTime(vm)).isEqualTo(before);
        assertThat(vm).isDirectoryContaining("glob:**/checkpoint");
    }
}
