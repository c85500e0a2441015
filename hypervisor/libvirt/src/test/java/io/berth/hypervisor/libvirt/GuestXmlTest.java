package io.berth.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestXmlTest {
    private static final HostRef HOST = new HostRef("h1");

    @Test
    void aRealGuestIsRead() {
        var guest = GuestXml.parse(Golden.text("live.xml"));
        assertThat(guest.uuid()).isEqualTo(Golden.GUEST);
        assertThat(guest.name()).isEqualTo(Golden.NAME);
        assertThat(guest.platform()).isEqualTo(new GuestPlatform("qemu", "x86_64", "pc-i440fx-7.2"));
        assertThat(guest.cpuName()).isEqualTo("qemu64");
        assertThat(guest.memory()).isEqualTo(DataSize.ofMebibytes(96));
        assertThat(guest.disks())
                .containsExactly(new GuestDisk("vda", "/dev/loop41", "none", false, false, false, "raw", false));
        assertThat(SaveObstacles.of(HOST, guest, false, false, "\n\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "vm.host-device, <hostdev mode='subsystem' type='pci'/>",
                "vm.host-device, <hostdev mode='subsystem' type='mdev'/>",
                "vm.host-device, <interface type='hostdev'/>",
                "vm.shared-folder, <filesystem type='mount'><driver type='virtiofs'/></filesystem>",
                "vm.local-state, <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>",
                "vm.local-state, <tpm model='tpm-tis'><backend type='passthrough'/></tpm>",
                "vm.block-job, <disk><target dev='vda'/><mirror job='copy'/></disk>"
            })
    void whatCannotBeSavedIsRefusedByName(String code, String device) {
        var guest = GuestXml.parse(domain("<devices>" + device + "</devices>"));
        assertThat(SaveObstacles.of(HOST, guest, false, false, ""))
                .extracting(Failure::code)
                .containsExactly(code);
    }

    @Test
    void nvramSleepBlockJobsAndSnapshotsAreObstacles() {
        var guest = GuestXml.parse(domain("<os><type>hvm</type><nvram>/var/lib/x_VARS.fd</nvram></os>"));
        assertThat(guest.localState()).containsExactly("/var/lib/x_VARS.fd");
        assertThat(SaveObstacles.of(HOST, guest, true, true, "snap1\nsnap2\n"))
                .extracting(Failure::code)
                .containsExactly("vm.asleep", "vm.block-job", "vm.local-state", "vm.has-snapshots");
        assertThat(SaveObstacles.of(HOST, guest, true, true, "snap1\nsnap2\n"))
                .allSatisfy(failure -> assertThat(failure.next()).isNotEmpty());
    }

    @Test
    void onlyDisksThatAHostMayCacheAreIncoherent() {
        var guest = GuestXml.parse(domain("""
                <devices>
                <disk type='block'><driver cache='none'/><source dev='/dev/a'/><target dev='vda'/></disk>
                <disk type='block'><driver cache='directsync'/><source dev='/dev/b'/><target dev='vdb'/></disk>
                <disk type='file'><source file='/x'/><target dev='vdc'/></disk>
                <disk type='file'><driver cache='writethrough'/><source file='/y'/><target dev='vdd'/></disk>
                <disk type='network'><driver cache='writeback'/><source name='p/i'/><target dev='vde'/></disk>
                <disk type='file' device='cdrom'><source file='/z'/><target dev='sda'/><readonly/></disk>
                <disk type='file' device='cdrom'><target dev='sdb'/></disk>
                </devices>"""));
        assertThat(TargetObstacles.incoherentDisks(HOST, guest))
                .extracting(Failure::what)
                .containsExactly("disk vdc is cached on its host", "disk vdd is cached on its host");
    }

    @ParameterizedTest
    @CsvSource({"KiB,1024", "MiB,1048576", "b,1", "KB,1000", "GiB,1073741824"})
    void memoryIsReadInEveryUnit(String unit, long bytes) {
        var guest = GuestXml.parse("<domain><memory unit='" + unit + "'>3</memory></domain>");
        assertThat(guest.memory()).isEqualTo(new DataSize(3 * bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<domain/>",
                "<domain><memory unit='x'>1</memory></domain>",
                "<domain><memory>-1</memory></domain>",
                "<domain><memory>99999999999999999</memory></domain>",
                "<domain><memory>many</memory></domain>"
            })
    void senselessMemoryIsRefused(String text) {
        assertThatThrownBy(() -> GuestXml.parse(text).memory())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("vm.bad-definition"));
    }

    @Test
    void theBoundIsMemoryItsOverheadVideoDevicesAndHead() {
        var guest = GuestXml.parse("<domain><memory unit='MiB'>1000</memory><devices><video>"
                + "<model type='qxl' ram='65536' vram='65536' vgamem='16384'/></video></devices></domain>");
        var estimate = MemoryEstimator.estimate(guest, "actual 1024000\nrss 204800\n");
        var extra = DataSize.ofMebibytes(144 + 16).plus(DataSize.ofKibibytes(256));
        assertThat(estimate.bound()).isEqualTo(DataSize.ofMebibytes(1002).plus(extra));
        assertThat(estimate.need().bytes()).isEqualTo((200L << 20) + (200L << 20) / 500 + extra.bytes());
    }

    @Test
    void huggingTheBoundIsTheAnswerWhereResidentSizeSaysNothing() {
        var huge =
                GuestXml.parse("<domain><memory>1048576</memory><memoryBacking><hugepages/></memoryBacking></domain>");
        var estimate = MemoryEstimator.estimate(huge, "rss 132096\n");
        assertThat(estimate.need()).as("129 MiB resident, 464 MiB image").isEqualTo(estimate.bound());
        var plain = GuestXml.parse("<domain><memory>1048576</memory></domain>");
        for (var statistics : List.of("", "rss many\n", "rss 99999999\n")) {
            var other = MemoryEstimator.estimate(plain, statistics);
            assertThat(other.need()).isEqualTo(other.bound());
        }
    }

    private static String domain(String inside) {
        return "<domain type='kvm'><uuid>" + Golden.GUEST + "</uuid>" + inside + "</domain>";
    }
}
