package io.berth.hypervisor.libvirt;

import static io.berth.hypervisor.libvirt.FakeLibvirtHost.NAME;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.error;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.ok;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.virshError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.Phase;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LibvirtDriverTest {
    private static final VmRef VM = new VmRef(Golden.GUEST, Golden.NAME);
    private static final DevicePath DEVICE = new DevicePath("/dev/loop7");
    private static final Call CALL = Call.of(new FencingToken(VM, 1, new OperationId("operation1")));
    private static final DataSize CAPACITY = new DataSize(4 << 20);

    private final FakeLibvirtHost host = new FakeLibvirtHost();
    private final LibvirtDriver driver = new LibvirtDriver(host, LibvirtSettings.defaults());

    // Finding

    @Test
    void aProcessThatLibvirtDeniesIsAnOrphan() {
        host.processes.put(7L, Golden.GUEST);
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.ORPHANED);
        assertThat(driver.list(NAME)).extracting(GuestView::state).containsExactly(GuestState.ORPHANED);
    }

    @Test
    void aShutOffGuestWithAProcessIsAnOrphanThatKeepsItsName() {
        host.guest(5, 0, true);
        host.processes.put(7L, Golden.GUEST);
        var view = driver.find(NAME, Golden.GUEST).orElseThrow();
        assertThat(view.state()).isEqualTo(GuestState.ORPHANED);
        assertThat(view.vm().name()).isEqualTo(Golden.NAME);
        assertThat(view.persistent()).isTrue();
    }

    @Test
    void aProcessThatEndsBetweenTwoLooksIsNoOrphan() {
        host.processes.put(7L, Golden.GUEST);
        host.on("guest-processes", command -> {
            var answer = host.processes.isEmpty() ? "" : "7 " + Golden.GUEST + "\n";
            host.processes.clear();
            return ok(answer);
        });
        assertThat(driver.find(NAME, Golden.GUEST)).isEmpty();
    }

    @Test
    void aGuestNamedLikeAnothersUuidIsNotTakenForIt() {
        host.domains.put(UUID.randomUUID(), new FakeLibvirtHost.FakeDomain(Golden.GUEST.toString(), 1, 1, true));
        assertThat(driver.find(NAME, Golden.GUEST)).isEmpty();
        driver.destroy(CALL, NAME, VM);
        driver.undefine(CALL, NAME, VM);
        refused("vm.absent", () -> driver.pause(CALL, NAME, VM));
        assertThat(host.words()).doesNotContain("destroy", "undefine", "suspend");
    }

    @Test
    void aRestoredGuestThatSaysMigratingIsPausedWhenNoJobHoldsIt() {
        host.guest(3, 2, false);
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.PAUSED);
        host.job = Golden.text("job-save.txt");
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.BUSY);
    }

    @Test
    void aGuestThatIsBeingRestoredIsBusyThoughLibvirtNamesNoJob() {
        host.guest(3, 11, false);
        host.answersDommemstat = false;
        assertThat(driver.find(NAME, Golden.GUEST)).map(GuestView::state).contains(GuestState.BUSY);
    }

    @Test
    void libvirtThatDoesNotAnswerIsNoAbsentGuest() {
        host.on("list", command -> error(1, "error: failed to connect to the hypervisor\n"));
        refused("libvirt.unreachable", () -> driver.find(NAME, Golden.GUEST));
    }

    // Describing

    @Test
    void aGuestIsDescribedWithBothDefinitions() {
        host.guest(1, 1, true);
        var description = driver.describe(NAME, VM);
        assertThat(description.definition())
                .isEqualTo(Golden.text("migratable.xml").strip());
        assertThat(description.persistentDefinition())
                .contains(Golden.text("inactive.xml").strip());
        assertThat(description.profile().machine()).isEqualTo("pc-i440fx-7.2");
        assertThat(description.profile().emulatorVersion()).isEqualTo("7.2.22");
        assertThat(description.obstacles()).isEmpty();
        host.guest(1, 1, false);
        assertThat(driver.describe(NAME, VM).persistentDefinition()).isEmpty();
    }

    @Test
    void blockJobsAndSnapshotsAreObstacles() {
        host.guest(1, 1, true);
        host.blockJob = Golden.text("blockjob.txt");
        host.snapshots = "before-upgrade\n";
        assertThat(driver.describe(NAME, VM).obstacles())
                .extracting(Failure::code)
                .containsExactly("vm.block-job", "vm.has-snapshots");
    }

    @Test
    void anAbsentGuestCannotBeDescribed() {
        refused("vm.absent", () -> driver.describe(NAME, VM));
    }

    // Power

    @Test
    void pausingTwiceIsFineAndPausingWhatIsOffIsNot() {
        host.guest(3, 1, true);
        driver.pause(CALL, NAME, VM);
        assertThat(host.words()).doesNotContain("suspend");
        host.guest(5, 0, true);
        host.processes.clear();
        refused("vm.wrong-state", () -> driver.pause(CALL, NAME, VM));
    }

    @Test
    void anErrorOfACommandThatDidItsWorkIsNoFailure() {
        host.guest(1, 1, true);
        host.on("suspend", command -> {
            host.guest(3, 1, true);
            return virshError("Timed out");
        });
        driver.pause(CALL, NAME, VM);
        host.on("resume", command -> virshError("cannot acquire state change lock"));
        refused("vm.busy", () -> driver.resume(CALL, NAME, VM));
    }

    @Test
    void destroyingEndsAnOrphanedProcessToo() {
        host.guest(3, 1, false);
        host.on("destroy", command -> {
            host.domains.clear();
            return virshError("something else");
        });
        host.on("end-process", command -> {
            assertThat(command.argv()).containsExactly("berth-host", "end-process", "100", Golden.GUEST.toString());
            host.processes.clear();
            return ok("");
        });
        driver.destroy(CALL, NAME, VM);
        assertThat(host.words()).contains("destroy", "end-process");
    }

    @Test
    void aGuestThatSurvivesItsDestructionIsAFailure() {
        host.guest(1, 1, false);
        host.on("destroy", command -> virshError("Device or resource busy"));
        refused("libvirt.failed", () -> driver.destroy(CALL, NAME, VM));
    }

    @Test
    void anotherGuestsDefinitionIsNotDefined() {
        refused(
                "vm.other-definition",
                () -> driver.define(
                        CALL,
                        NAME,
                        VM,
                        Golden.text("inactive.xml")
                                .replace(
                                        Golden.GUEST.toString(),
                                        UUID.randomUUID().toString())));
    }

    // Saving

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
                new LibvirtSettings("qemu:///system", java.util.Set.of(MemoryWriter.SNAPSHOT), java.util.List.of()));
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

    // Restoring

    @Test
    void aGuestIsRestoredPausedFromTheDefinitionItIsGiven() {
        put(image());
        host.on("restore", command -> {
            assertThat(command.argv()).endsWith("restore", "/dev/loop7", "--paused", "--xml", "/dev/stdin");
            assertThat(new String(command.stdin(), StandardCharsets.UTF_8)).isEqualTo(Golden.text("migratable.xml"));
            host.guest(3, 2, false);
            return ok("");
        });
        host.on("define", () -> host.guest(3, 2, true));
        driver.restorePaused(CALL, NAME, restore());
        assertThat(host.words()).contains("restore", "define", "device-prefetch");
    }

    @Test
    void restoringAgainWhatStandsThereRestoredDoesNothingTwice() {
        put(image());
        host.guest(3, 2, false);
        host.on("define", () -> {});
        driver.restorePaused(CALL, NAME, restore());
        assertThat(host.words()).contains("define").doesNotContain("restore");
    }

    @Test
    void anyOtherLivingCopyForbidsARestore() {
        put(image());
        host.guest(1, 1, true);
        refused("vm.exists", () -> driver.restorePaused(CALL, NAME, restore()));
        host.guest(3, 1, true);
        refused("vm.exists", () -> driver.restorePaused(CALL, NAME, restore()));
        host.domains.clear();
        refused("vm.exists", () -> driver.restorePaused(CALL, NAME, restore()));
        assertThat(host.words()).doesNotContain("restore");
    }

    @Test
    void partialForeignAndNewerImagesAreRefused() {
        refused("image.foreign", () -> driver.restorePaused(CALL, NAME, restore()));
        var image = image();
        System.arraycopy(SaveHeader.PARTIAL, 0, image, 0, 16);
        put(image);
        refused("image.partial", () -> driver.restorePaused(CALL, NAME, restore()));
        image = image();
        image[16] = 3;
        put(image);
        refused("image.unsupported", () -> driver.restorePaused(CALL, NAME, restore()));
        put(SaveHeaderTest.complete(SaveHeaderComposer.compose(
                Golden.text("migratable.xml")
                        .replace(Golden.GUEST.toString(), UUID.randomUUID().toString()),
                "",
                true)));
        refused("image.foreign", () -> driver.restorePaused(CALL, NAME, restore()));
        assertThat(host.words()).doesNotContain("restore");
    }

    @Test
    void aRestoreThatFailsWithNothingLeftIsNotDone() {
        put(image());
        host.on("restore", command -> virshError("Target domain max memory 98305 does not match source 98304"));
        refused("libvirt.failed", () -> driver.restorePaused(CALL, NAME, restore()));
    }

    @Test
    void aRestoreThatFailsThoughAProcessRunsIsInDoubt() {
        put(image());
        host.on("restore", command -> {
            host.processes.put(9L, Golden.GUEST);
            return virshError("Child process (libvirt_iohelper) unexpected fatal signal 13");
        });
        assertThatThrownBy(() -> driver.restorePaused(CALL, NAME, restore()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("restore.in-doubt");
                    assertThat(failure.isUnknownOutcome()).isTrue();
                });
    }

    @Test
    void aRestoreWhoseAnswerWasLostIsDoneWhenTheGuestStandsThere() {
        put(image());
        host.on("restore", command -> {
            host.guest(3, 2, false);
            throw lost();
        });
        host.on("define", () -> {});
        driver.restorePaused(CALL, NAME, restore());
        assertThat(host.words()).contains("define");
    }

    // The target

    @Test
    void aTargetThatOffersEverythingHasNoObstacle() {
        host.guest(1, 1, true);
        var guest = driver.describe(NAME, VM);
        assertThat(driver.obstacles(NAME, guest.profile(), guest.definition())).isEmpty();
    }

    @Test
    void anOlderEmulatorAWeakerCpuAndAMissingMachineAreToldApart() {
        host.guest(1, 1, true);
        var guest = driver.describe(NAME, VM);
        host.on("version", command -> ok("Running hypervisor: QEMU 6.2.0\n"));
        host.on("hypervisor-cpu-compare", command -> virshError("the CPU is incompatible with host CPU"));
        assertThat(driver.obstacles(NAME, guest.profile(), guest.definition()))
                .extracting(Failure::code)
                .containsExactly("host.older-emulator", "host.weaker-cpu");
        host.on("domcapabilities", command -> virshError("the machine 'pc-i440fx-7.2' is not supported"));
        assertThat(driver.obstacles(NAME, guest.profile(), guest.definition()))
                .extracting(Failure::code)
                .containsExactly("host.older-emulator", "host.no-machine");
    }

    @Test
    void noAnswerOfLibvirtIsNoWeakerCpu() {
        host.guest(1, 1, true);
        var guest = driver.describe(NAME, VM);
        host.on("hypervisor-cpu-compare", command -> error(1, "error: failed to connect to the hypervisor"));
        refused("libvirt.unreachable", () -> driver.obstacles(NAME, guest.profile(), guest.definition()));
    }

    @Test
    void transformationsTellWhatEachDid() {
        var changes = driver.transform(NAME, Golden.text("inactive.xml"), Phase.DEPLOY);
        assertThat(changes).hasSize(3);
        assertThat(changes.getLast().transformation()).isEqualTo("free-page-reporting");
        assertThat(changes.getLast().after()).contains("freePageReporting='on'");
        assertThat(changes.getFirst().isEffective())
                .as("the machine is pinned already")
                .isFalse();
        assertThat(driver.transform(NAME, Golden.text("migratable.xml"), Phase.RESTORE))
                .singleElement()
                .satisfies(change -> assertThat(change.isEffective()).isFalse());
    }

    private static SaveRequest request(MemoryWriter writer, boolean ownerPaused) {
        return new SaveRequest(DEVICE, CAPACITY, writer, ownerPaused);
    }

    private static RestoreRequest restore() {
        return new RestoreRequest(
                VM,
                DEVICE,
                new DataSize(image().length),
                Golden.text("migratable.xml"),
                Optional.of(Golden.text("inactive.xml")));
    }

    private void put(byte[] image) {
        host.device = new byte[(int) CAPACITY.bytes()];
        System.arraycopy(image, 0, host.device, 0, image.length);
        host.bytesWritten += Math.ceilDiv(image.length, 4096) * 4096L + 4096;
    }

    /** libvirt's own head and the last part of QEMU's own stream. */
    private static byte[] image() {
        var head = Golden.unpacked("snapshot-head.bin.gz");
        var tail = Golden.unpacked("stream-tail.bin.gz");
        var image = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, image, head.length, tail.length);
        return image;
    }

    private static Failure lost() {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "the connection broke")
                .build();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
