package io.berth.hypervisor.libvirt;

import static io.berth.hypervisor.libvirt.FakeLibvirtHost.NAME;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.error;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.ok;
import static io.berth.hypervisor.libvirt.FakeLibvirtHost.virshError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.DeviceReading;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.hypervisor.Phase;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoringTest extends DriverFixture {
    @Test
    void aGuestIsRestoredPausedFromTheDefinitionItIsGiven() {
        put(image());
        host.on("restore", command -> {
            assertThat(command.argv()).endsWith("restore", "/dev/loop7", "--paused", "--xml", "/dev/stdin");
            var given = new String(command.stdin(), StandardCharsets.UTF_8);
            assertThat(GuestXml.parse(given).uuid()).isEqualTo(Golden.GUEST);
            assertThat(RestoreMark.isOn(given, CALL.token().operation())).isTrue();
            host.guest(3, 2, false);
            return ok("");
        });
        host.on("define", () -> host.guest(3, 2, true));
        driver.restorePaused(CALL, NAME, restore());
        assertThat(host.words()).contains("restore", "define", "device-prefetch");
    }

    @Test
    void anImageThatReadsFasterAsAStreamComesThroughAFifoThatEndsWhereTheImageEnds() {
        put(image());
        host.on("restore", command -> {
            var fifo = "/run/berth/restore/" + Golden.GUEST;
            assertThat(command.argv())
                    .startsWith("berth-host", "device-feed", "/dev/loop7", "" + image().length, fifo, "--")
                    .endsWith("restore", fifo, "--paused", "--xml", "/dev/stdin");
            host.guest(3, 2, false);
            return ok("");
        });
        host.on("define", () -> host.guest(3, 2, true));
        driver.restorePaused(CALL, NAME, restore(DeviceReading.STREAMED));
        assertThat(host.words()).contains("restore", "define").doesNotContain("device-prefetch");
    }

    @Test
    void aLibvirtThatRefusesAFifoRestoresFromTheDevice() {
        put(image());
        host.on("restore", command -> {
            if (command.argv().contains("device-feed")) {
                return virshError("Failed to open file '/run/berth/restore/x': Permission denied");
            }
            assertThat(command.argv()).endsWith("restore", "/dev/loop7", "--paused", "--xml", "/dev/stdin");
            host.guest(3, 2, false);
            return ok("");
        });
        host.on("define", () -> {});
        driver.restorePaused(CALL, NAME, restore(DeviceReading.STREAMED));
        assertThat(host.words()).containsSubsequence("restore", "restore", "define");
    }

    @Test
    void aStreamWhoseAnswerWasLostIsNotRestoredASecondTime() {
        put(image());
        host.on("restore", command -> {
            throw lost();
        });
        refused("host.lost", () -> driver.restorePaused(CALL, NAME, restore(DeviceReading.STREAMED)));
        assertThat(host.words()).containsOnlyOnce("restore");
    }

    /** libvirt ends the half guest when the stream does, a moment after virsh was ended. */
    @Test
    void aStreamThatIsCancelledIsNotDoneOnceItsHalfGuestIsGone() {
        put(image());
        host.on("restore", command -> {
            host.processes.put(9L, Golden.GUEST);
            var looks = new AtomicInteger();
            host.meanwhile = () -> {
                if (looks.incrementAndGet() == 4) {
                    host.gone();
                }
            };
            throw cancelled();
        });
        refused("operation.cancelled", () -> driver.restorePaused(CALL, NAME, restore(DeviceReading.STREAMED)));
        assertThat(host.words()).containsOnlyOnce("restore");
    }

    /** Whoever cancelled it undoes it: it is known what there is to undo. */
    @ParameterizedTest
    @EnumSource
    void aRestoreThatCameToItsEndThoughItWasCancelledIsDone(DeviceReading reading) {
        put(image());
        host.on("restore", command -> {
            host.guest(3, 2, false);
            host.liveDefinition = new String(command.stdin(), StandardCharsets.UTF_8);
            throw cancelled();
        });
        host.on("define", () -> {});
        driver.restorePaused(CALL, NAME, restore(reading));
        assertThat(host.words()).contains("define");
    }

    @Test
    void aCancelledRestoreWhoseProcessDoesNotEndIsInDoubt() {
        put(image());
        host.on("restore", command -> {
            host.processes.put(9L, Golden.GUEST);
            throw cancelled();
        });
        refused("restore.in-doubt", () -> driver.restorePaused(CALL, NAME, restore(DeviceReading.STREAMED)));
    }

    private static Failure cancelled() {
        return Failure.of(FailureKind.CANCELLED, "operation.cancelled", "The command was stopped as asked")
                .next("start it anew")
                .build();
    }

    @Test
    void aStreamThatBrokeOffIsInDoubtWhileItsHalfGuestIsThere() {
        put(image());
        host.on("restore", command -> {
            host.processes.put(9L, Golden.GUEST);
            return error(21, "short: /dev/loop7 ended at 4096");
        });
        refused("restore.in-doubt", () -> driver.restorePaused(CALL, NAME, restore(DeviceReading.STREAMED)));
        assertThat(host.words()).containsOnlyOnce("restore");
    }

    @Test
    void restoringAgainWhatStandsThereRestoredDoesNothingTwice() {
        put(image());
        host.guest(3, 2, false);
        host.liveDefinition = RestoreMark.put(host.liveDefinition, CALL.token().operation());
        host.on("define", () -> {});
        driver.restorePaused(CALL, NAME, restore());
        assertThat(host.words()).contains("define").doesNotContain("restore");
    }

    @Test
    void aGuestThatAnotherOperationRestoredIsNotTakenForThisImages() {
        put(image());
        host.guest(3, 2, false);
        refused("vm.exists", () -> driver.restorePaused(CALL, NAME, restore()));
        host.liveDefinition = RestoreMark.put(host.liveDefinition, new OperationId("anotheroperation"));
        refused("vm.exists", () -> driver.restorePaused(CALL, NAME, restore()));
        assertThat(host.words()).doesNotContain("restore");
    }

    @Test
    void whatSomebodyStartsWhileTheImageIsRestoredIsNotTakenForIt() {
        put(image());
        host.on("restore", command -> {
            host.guest(3, 1, true);
            return virshError("domain 'guest' is already active");
        });
        refused("vm.exists", () -> driver.restorePaused(CALL, NAME, restore()));
        assertThat(driver.isMadeBy(NAME, VM, CALL.token().operation())).isFalse();
    }

    @Test
    void whoRestoredAGuestIsInItsDefinitionAndNobodyHasRestoredNoneOrAnOrphan() {
        var operation = CALL.token().operation();
        host.guest(1, 1, false);
        host.liveDefinition = RestoreMark.put(host.liveDefinition, operation);
        assertThat(driver.isMadeBy(NAME, VM, operation)).isTrue();
        assertThat(driver.isMadeBy(NAME, VM, new OperationId("anotheroperation")))
                .isFalse();
        host.domains.clear();
        assertThat(driver.isMadeBy(NAME, VM, operation)).isFalse();
        host.processes.put(9L, Golden.GUEST);
        assertThat(driver.isMadeBy(NAME, VM, operation)).isFalse();
    }

    @Test
    void aMarkReplacesTheOneBefore() {
        var first = RestoreMark.put(Golden.text("live.xml"), new OperationId("operation1"));
        var second = RestoreMark.put(first, new OperationId("operation2"));
        assertThat(RestoreMark.isOn(second, new OperationId("operation2"))).isTrue();
        assertThat(RestoreMark.isOn(second, new OperationId("operation1"))).isFalse();
        assertThat(RestoreMark.put(second, new OperationId("operation2"))).isEqualTo(second);
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
            host.liveDefinition = new String(command.stdin(), StandardCharsets.UTF_8);
            throw lost();
        });
        host.on("define", () -> {});
        driver.restorePaused(CALL, NAME, restore());
        assertThat(host.words()).contains("define");
    }

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
}
