package io.berth.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirshCommandsTest {
    private static final VirshCommands COMMANDS = new VirshCommands("qemu:///system");
    private static final DevicePath DEVICE = new DevicePath("/srv/a, b;$(c)'d");

    @Test
    void restoringNeverBypassesTheCacheAndAlwaysPauses() {
        assertThat(COMMANDS.restorePaused(DEVICE))
                .containsExactly(
                        "env",
                        "LC_ALL=C",
                        "virsh",
                        "-c",
                        "qemu:///system",
                        "--quiet",
                        "restore",
                        DEVICE.path(),
                        "--paused",
                        "--xml",
                        "/dev/stdin");
    }

    @Test
    void aMigrationCopiesTheDisksThatAreNamedAndNoOthers() {
        var settings = MigrationSettings.defaults();
        assertThat(COMMANDS.migrate(Golden.GUEST, "qemu+ssh://h2/system", settings, Set.of("vdb", "sda")))
                .endsWith(
                        "--copy-storage-all",
                        "--migrate-disks",
                        "sda,vdb",
                        Golden.GUEST.toString(),
                        "qemu+ssh://h2/system");
        assertThat(COMMANDS.migrate(Golden.GUEST, "qemu+ssh://h2/system", settings, Set.of()))
                .doesNotContain("--copy-storage-all");
        assertThatThrownBy(() -> COMMANDS.migrate(Golden.GUEST, "x://{host}", settings, Set.of("vda,vdb")))
                .isInstanceOf(Failure.class);
    }

    @Test
    void savingBypassesTheCacheAndNeverAsksToRun() {
        assertThat(COMMANDS.save(Golden.GUEST, DEVICE))
                .endsWith("save", "--bypass-cache", Golden.GUEST.toString(), DEVICE.path());
    }

    @Test
    void aSnapshotNamesEveryDiskSoThatNoneGetsAnOverlay() {
        assertThat(COMMANDS.snapshot(Golden.GUEST, DEVICE, List.of("vda", "sdb")))
                .endsWith(
                        "snapshot-create-as",
                        Golden.GUEST.toString(),
                        "--no-metadata",
                        "--memspec",
                        "file=/srv/a,, b;$(c)'d,snapshot=external",
                        "--diskspec",
                        "vda,snapshot=manual",
                        "--diskspec",
                        "sdb,snapshot=manual");
        assertThat(COMMANDS.snapshot(Golden.GUEST, DEVICE, List.of())).doesNotContain("--diskspec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vda; destroy x", "vda --abort", "../vda", "vda\n", "-c"})
    void aDiskNameThatIsNoneNeverGetsIntoACommand(String target) {
        assertThatThrownBy(() -> COMMANDS.blockJobs("m", Golden.GUEST, List.of(target)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("vm.odd-disk"));
        assertThatThrownBy(() -> COMMANDS.snapshot(Golden.GUEST, DEVICE, List.of(target)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void theStreamWriterGetsDeviceLimitAndMode() {
        assertThat(COMMANDS.streamSave(Golden.GUEST, DEVICE, 4096, true, StreamSettings.defaults()))
                .containsExactly(
                        "berth-host",
                        "stream-save",
                        "--uri",
                        "qemu:///system",
                        "--guest",
                        Golden.GUEST.toString(),
                        "--target",
                        DEVICE.path(),
                        "--limit",
                        "4096",
                        "--mode",
                        "live",
                        "--emulated",
                        "pause",
                        "--writer",
                        "direct");
    }

    @Test
    void anEmulatedGuestIsStreamedLiveAndThroughDdOnlyWhenThatWasAskedFor() {
        assertThat(COMMANDS.streamSave(
                        Golden.GUEST, DEVICE, 4096, true, new StreamSettings(EmulatedLive.LIVE, StreamSink.DD)))
                .containsSubsequence("--emulated", "live", "--writer", "dd");
    }

    @Test
    void aUriThatIsAnOptionIsRefused() {
        assertThatThrownBy(() -> new LibvirtSettings(
                        "--help",
                        java.util.Set.of(),
                        List.of(),
                        StreamSettings.defaults(),
                        MigrationSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
