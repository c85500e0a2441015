package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While a guest is suspended somebody changes its checkpoint, or the hosts. Nothing is restored that isn't right. */
@ExtendWith(LabExtension.class)
class SpoiledCheckpointLabTest {
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;
    private final Keepsake sound;
    private final Testimony before;
    private final HostRef source;
    private final byte[] definition;

    SpoiledCheckpointLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.ferry = new Ferry(site);
        this.source = ferry.running();
        this.before = ferry.hear();
        this.definition = ferry.virsh(source, "dumpxml", "--inactive", ferry.name())
                .orFail()
                .bytes();
        Ferry.requireSuccess(ferry.suspend(withChecksum()));
        this.sound = Keepsake.of(lab.shared().resolve("checkpoints"));
    }

    private SuspendRequest withChecksum() {
        return new SuspendRequest(
                ferry.name(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    private Path volume() {
        return ferry.traces().volumes().getFirst();
    }

    @BeforeEach
    void theGuestIsSuspended() {
        ferry.assertSuspended();
    }

    /** Whatever was tried: the sound checkpoint is as good as before. */
    @AfterEach
    void theSoundCheckpointStillRestores() {
        sound.drop();
    }

    private HostRef target() {
        return Site.other(source);
    }

    /** The resume comes to nothing, with that code, and the checkpoint stays. */
    private void refused(String code) {
        var failure = failure();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.next()).isNotBlank();
        ferry.assertSuspended();
    }

    private Failure failure() {
        try {
            var report = ferry.resume(target());
            assertThat(report.result().state()).isEqualTo(OperationState.FAILED);
            return report.result().failure().orElseThrow();
        } catch (Failure refused) {
            return refused;
        }
    }

    private void restoreSound() {
        sound.putBack();
        Ferry.requireSuccess(ferry.resume(target()));
        ferry.assertGoesOnAt(target(), before);
    }

    @Test
    void anImageThatIsNotWhatWasWrittenIsRefusedAndKept() throws IOException {
        // The last MiB is what the record's digest is about.
        var length = imageLength();
        Damage.flipOneBit(volume(), length - 1000);
        refused("image.damaged");

        sound.putBack();
        Damage.cutTo(volume(), 1 << 20);
        assertThat(failure().code()).isEqualTo("device.short");
        ferry.assertSuspended();

        sound.putBack();
        var stranger = lab.shared().resolve("boot/vmlinux");
        var size = Files.size(volume());
        Files.write(volume(), Files.readAllBytes(stranger));
        Damage.cutTo(volume(), size);
        assertThat(failure().code()).startsWith("image.");
        ferry.assertSuspended();

        restoreSound();
    }

    /** Where only the checksum over the whole image looks, which was asked for. */
    @Test
    void aBitThatFlippedInTheMiddleIsFoundByWhoeverVerifiesAllOfIt() throws IOException {
        assertThat(verified().state()).isEqualTo(OperationState.SUCCEEDED);
        Damage.flipOneBit(volume(), imageLength() / 2);

        var spoiled = verified();

        assertThat(spoiled.state()).isEqualTo(OperationState.FAILED);
        assertThat(spoiled.failure().orElseThrow().code()).isEqualTo("image.damaged");
        ferry.assertSuspended();
        restoreSound();
    }

    private RunResult verified() {
        return site.engine()
                .checkpoints()
                .verify(ferry.name(), Optional.of(target()), true, Watch.none())
                .result();
    }

    private long imageLength() throws IOException {
        var record = Files.readString(Path.of(volume().toString().replace(".img", ".record")));
        return record.lines()
                .filter(line -> line.startsWith("image-length="))
                .mapToLong(line -> Long.parseLong(line.substring("image-length=".length())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordThatAsksForMoreThanThereIsIsRefusedBeforeAnythingIsTouched() {
        RecordFile.beside(volume()).rewrite(text -> text.replaceFirst("berth-checkpoint 1", "berth-checkpoint 2"));
        assertThat(failure().code()).isIn("checkpoint.newer-format", "checkpoint.unknown");
        ferry.assertSuspended();

        sound.putBack();
        RecordFile.beside(volume()).rewrite(text -> text.replaceAll("pc-i440fx-[0-9.]+", "pc-i440fx-99.0"));
        refused("host.no-machine");

        sound.putBack();
        RecordFile.beside(volume())
                .rewrite(text -> text.replaceAll("(<model[^>]*>)qemu64</model>", "$1EPYC-Milan</model>")
                        .replaceFirst("\ncpu=[^\n]*", "\ncpu=EPYC-Milan"));
        refused("host.weaker-cpu");

        sound.putBack();
        RecordFile.beside(volume())
                .rewrite(text -> text.replaceFirst("emulator-version=[^\n]*", "emulator-version=99.0.0"));
        refused("host.older-emulator");

        restoreSound();
    }

    @Test
    void aCheckpointRestoresOnceHoweverOftenItIsPutBack() throws IOException {
        Ferry.requireSuccess(ferry.resume(target()));
        ferry.assertGoesOnAt(target(), before);

        // A backup of the storage is put back under the running guest.
        sound.putBack();
        assertThat(failure().code()).isEqualTo("vm.exists");

        // The same, with the mark of its use.
        var complete = Path.of(volume().toString().replace(".img", ".g1.complete"));
        Files.copy(complete, Path.of(volume().toString().replace(".img", ".g1.consumed")));
        var refusal = catchThrowableOfType(
                Failure.class,
                () -> site.engine()
                        .machines()
                        .resume(
                                ResumeRequest.of(
                                        volume().getFileName().toString().replace(".img", ""), source),
                                Watch.none()));
        assertThat(refusal.code()).isIn("checkpoint.consumed", "vm.exists");
        assertThat(ferry.places()).isEqualTo(List.of(target()));
        ferry.traces().wipe();
        ferry.assertGoesOnAt(target(), before);
    }

    @Test
    void aCopyThatSomebodyStartedMeanwhileIsSeen() {
        lab.in(source.name(), definition, List.of("virsh", "define", "/dev/stdin"))
                .orFail();
        // Paused, or its disk would move on.
        ferry.virsh(source, "start", "--paused", ferry.name()).orFail();
        assertThat(failure().code()).isEqualTo("vm.exists");
        assertThat(ferry.places()).isEqualTo(List.of(source));

        ferry.virsh(source, "destroy", ferry.name()).orFail();
        restoreSound();
        assertThat(ferry.virsh(source, "list", "--all", "--name").output()).doesNotContain(ferry.name());
    }

    /** After everybody was asked, right before the restore: libvirt refuses that one, and what stands there isn't ours. */
    @Test
    void aCopyThatSomebodyStartsInTheMomentOfTheRestoreIsNeitherUsedNorEnded() {
        var report = site.engine()
                .machines()
                .resume(
                        ResumeRequest.of(ferry.name(), target()),
                        new Watch(this::startBeforeTheRestore, Cancellation.never()));

        assertThat(report.result().state()).isEqualTo(OperationState.FAILED);
        assertThat(report.result().failure().orElseThrow().code()).isEqualTo("vm.exists");
        assertThat(ferry.state(target())).isEqualTo("paused");
        assertThat(ferry.virsh(target(), "list", "--all", "--name").output()).contains(ferry.name());

        ferry.virsh(target(), "destroy", ferry.name()).orFail();
        ferry.virsh(target(), "undefine", ferry.name()).orFail();
        ferry.assertSuspended();
        restoreSound();
    }

    private void startBeforeTheRestore(EngineEvent event) {
        if (event instanceof EngineEvent.StepBegins begins
                && begins.step().equals("restore")
                && begins.direction() == Direction.FORWARD) {
            lab.in(target().name(), definition, List.of("virsh", "define", "/dev/stdin"))
                    .orFail();
            ferry.virsh(target(), "start", "--paused", ferry.name()).orFail();
        }
    }

    @Test
    void aNamesakeOrARenamedDefinitionAtTheTargetCostsNothing() {
        var renamed = new String(definition, StandardCharsets.UTF_8)
                .replace("<name>" + ferry.name() + "</name>", "<name>somebody-else</name>");
        lab.in(target().name(), bytes(renamed), List.of("virsh", "define", "/dev/stdin"))
                .orFail();
        assertThat(failure().next()).isNotBlank();
        ferry.assertSuspended();
        ferry.virsh(target(), "undefine", "somebody-else");

        var namesake = new String(definition, StandardCharsets.UTF_8)
                .replaceFirst("<uuid>[^<]*</uuid>", "<uuid>" + UUID.randomUUID() + "</uuid>");
        lab.in(target().name(), bytes(namesake), List.of("virsh", "define", "/dev/stdin"))
                .orFail();
        assertThat(failure().next()).isNotBlank();
        ferry.assertSuspended();
        ferry.virsh(target(), "undefine", ferry.name()).orFail();

        restoreSound();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
