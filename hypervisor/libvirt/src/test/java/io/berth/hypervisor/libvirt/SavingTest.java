package io.berth.hypervisor.libvirt;

import static io.berth.hypervisor.libvirt.FakeLibvirtHost.NAME;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.error;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.ok;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.virshError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.MemoryWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SavingTest extends DriverFixture {
    @Test
    void aSnapshotIsMeasuredToTheByteAndLabelled() {
        host.guest(3, 1, true);
        var image = image();
        host.on("snapshot-create-as", () -> put(image));
        host.on("save-image-define", command -> {
            assertThat(command.argv()).endsWith("/dev/loop7", "/dev/stdin", "--running");
            assertThat(new String(command.stdin(), StandardCharsets.UTF_8)).contains(Golden.GUEST.toString());
            return ok("");
        });
        var saved = driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.SNAPSHOT, false));
        assertThat(saved.length().bytes()).isEqualTo(image.length);
        assertThat(host.words()).contains("save-image-define");
    }

    @Test
    void aFileEndsWithTheImageThatLibvirtWrote() {
        host.guest(3, 1, true);
        host.on("readlink", command -> ok("/srv/vms/berth-1.img\n"));
        host.on("save-image-define", () -> {});
        host.on("snapshot-create-as", () -> host.device = image());
        var saved = driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.SNAPSHOT, false));
        assertThat(saved.length().bytes()).isEqualTo(image().length);
    }

    @Test
    void anImageOfAGuestThatItsOwnerPausedKeepsItsLabel() {
        host.guest(3, 1, true);
        host.on("snapshot-create-as", () -> put(image()));
        driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.SNAPSHOT, true));
        assertThat(host.words()).doesNotContain("save-image-define");
    }

    @Test
    void aDeviceTooSmallIsCalledSo() {
        host.guest(3, 1, true);
        host.on(
                "snapshot-create-as",
                command -> virshError("libvirt_iohelper: failure with /dev/loop42: Unable to write /dev/loop42:"
                        + " No space left on device"));
        refused("device.full", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.SNAPSHOT, false)));
        host.on("stream-save", command -> error(28, "full: 8388608 bytes"));
        refused("device.full", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.STREAM, false)));
        host.on("save", command -> virshError("No space left on device"));
        refused("device.full", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.FAST, false)));
    }

    @Test
    void aGuestThatWasSavedAndNeverRanSinceHasToBeResumedFirst() {
        host.guest(3, 1, true);
        host.on(
                "snapshot-create-as",
                command -> virshError("Can't migrate the vm that was paused due to previous migration"));
        refused("vm.memory-taken", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.SNAPSHOT, false)));
    }

    @Test
    void aGuestThatRanDuringASnapshotSpoilsIt() {
        host.guest(3, 1, true);
        host.on("snapshot-create-as", () -> {
            put(image());
            host.guest(1, 5, true);
        });
        refused("vm.ran", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.SNAPSHOT, false)));
    }

    @Test
    void theStreamWriterGetsAHeadAndTellsTheLength() {
        host.guest(3, 1, true);
        host.on("stream-save", command -> {
            var header = SaveHeader.ofFixedPart(command.stdin()).read(command.stdin());
            assertThat(GuestXml.parse(header.definition()).uuid()).isEqualTo(Golden.GUEST);
            assertThat(header.ownerPaused()).isFalse();
            command.outputLines().accept("progress 10 100");
            command.outputLines().accept("done 123456");
            return ok("progress 10 100\ndone 123456\n");
        });
        var heard = new java.util.ArrayList<DataSize>();
        var saved = driver.saveMemory(
                CALL.with((done, expected) -> heard.add(done)), NAME, VM, request(MemoryWriter.STREAM, false));
        assertThat(saved.length().bytes()).isEqualTo(123456);
        assertThat(heard).containsExactly(new DataSize(10));
    }

    @Test
    void theStreamWritersVerdictsAreKept() {
        host.guest(3, 1, true);
        host.on("stream-save", command -> error(75, "ran: somebody resumed it"));
        refused("vm.ran", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.LIVE_STREAM, false)));
        host.on("stream-save", command -> error(125, "cancelled: asked to"));
        refused("operation.cancelled", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.STREAM, false)));
        host.on("stream-save", command -> ok("progress 1 2\n"));
        refused("host.bad-answer", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.STREAM, false)));
    }

    @Test
    void aFastSaveWhoseAnswerWasLostIsDoneWhenTheImageIsComplete() {
        host.guest(3, 1, false);
        host.on("save-image-define", () -> {});
        host.on("save", command -> {
            put(image());
            host.gone();
            throw lost();
        });
        var saved = driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.FAST, false));
        assertThat(saved.length().bytes()).isEqualTo(image().length);
    }

    @Test
    void aFastSaveThatFailsLeavesTheGuestAndSaysWhy() {
        host.guest(3, 1, false);
        host.on("save", command -> virshError("domain has active block job"));
        refused("vm.block-job", () -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.FAST, false)));
    }

    @Test
    void aGuestThatIsGoneWithoutAnImageIsNeverCalledNotDone() {
        host.guest(3, 1, false);
        host.on("save", command -> {
            host.gone();
            return virshError("connection reset");
        });
        assertThatThrownBy(() -> driver.saveMemory(CALL, NAME, VM, request(MemoryWriter.FAST, false)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("vm.gone");
                    assertThat(failure.isUnknownOutcome()).isTrue();
                });
    }

    @Test
    void aWriterThatIsTurnedOffIsRefusedBeforeAnythingIsTouched() {
        var careful = new LibvirtDriver(
                host,
                new LibvirtSettings(
                        "qemu:///system",
                        java.util.Set.of(MemoryWriter.SNAPSHOT),
                        java.util.List.of(),
                        StreamSettings.defaults(),
                        MigrationSettings.defaults()));
        refused("writer.not-allowed", () -> careful.saveMemory(CALL, NAME, VM, request(MemoryWriter.STREAM, false)));
        assertThat(host.words()).isEmpty();
    }

    @Test
    void cancellingAbortsEveryKindOfJobAndWaitsForItsEnd() {
        host.guest(3, 3, true);
        host.job = Golden.text("job-save.txt");
        host.on("domjobabort", () -> host.job = "Job type: 0\n");
        host.on("stream-cancel", () -> {});
        driver.cancelSave(CALL, NAME, VM);
        assertThat(host.words()).contains("domjobabort", "stream-cancel");
        host.gone();
        driver.cancelSave(CALL, NAME, VM);
    }
}
