package io.berth.storage.ceph;

import static io.berth.storage.files.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DeviceReading;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the driver does when hosts, devices and the cluster aren't as they should be; the rest is in the suite. */
class CephStorageTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(8);
    private static final VolumeRef VOLUME = new VolumeRef("ceph", "berth-abcdefgh");
    private static final String IMAGE = "berth.berth-abcdefgh";
    private static final String FILE = "/run/berth/ceph/ceph/berth-abcdefgh";

    private FakeCephWorld worldWithVolume(AttachWay way) {
        var world = new FakeCephWorld(way);
        world.driver().volumes().create(call(world), VOLUME, SIZE);
        return world;
    }

    private static Call call(FakeCephWorld world) {
        return world.call(new OperationId("abcdefgh"));
    }

    @ParameterizedTest
    @EnumSource
    void aHostTakesTheWayItCan(AttachWay way) {
        var world = worldWithVolume(way);

        var device = world.driver().attachments().attach(call(world), VOLUME, world.first());

        assertThat(device.path())
                .startsWith(
                        switch (way) {
                            case KRBD -> "/dev/rbd";
                            case NBD -> "/dev/nbd";
                            case EXPORT -> "/dev/loop";
                        });
    }

    @ParameterizedTest
    @EnumSource
    void anImageBehindADaemonIsReadFastestAsAStream(AttachWay way) {
        var world = worldWithVolume(way);
        world.driver().attachments().attach(call(world), VOLUME, world.first());

        assertThat(world.driver().attachments().reading(VOLUME, world.first()))
                .isEqualTo(way == AttachWay.EXPORT ? DeviceReading.STREAMED : DeviceReading.CACHED);
    }

    @ParameterizedTest
    @EnumSource
    void detachLeavesNothingOnTheHost(AttachWay way) {
        var world = worldWithVolume(way);
        world.driver().attachments().attach(call(world), VOLUME, world.first());

        world.driver().attachments().detach(call(world), VOLUME, world.first());

        assertThat(world.programs.on(world.first()).traces()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anAttachmentWhoseAnswerIsLostIsFoundAndTakenBack(AttachWay way) {
        var world = worldWithVolume(way);
        world.transport.loseOnce(withWord(way == AttachWay.EXPORT ? "--find" : "map"), true);
        assertThat(failure(() -> world.driver().attachments().attach(call(world), VOLUME, world.first()))
                        .isUnknownOutcome())
                .isTrue();

        assertThat(world.otherFrontEnd().attachments().hosts(VOLUME)).containsExactly(world.first());
        world.otherFrontEnd().attachments().detach(call(world), VOLUME, world.first());

        assertThat(world.programs.on(world.first()).traces()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"KRBD", "NBD"})
    void aDeviceThatNeverAppearsIsNotAnswered(AttachWay way) {
        var world = worldWithVolume(way);
        world.transport.answerOnce(withWord("map"), 0, "");

        var failure = failure(() -> world.driver().attachments().attach(call(world), VOLUME, world.first()));

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.why()).contains("no device");
        assertThat(world.driver().attachments().hosts(VOLUME)).isEmpty();
    }

    /** The number that a mapping had is another image's as soon as it is free. */
    @ParameterizedTest
    @EnumSource(names = {"KRBD", "NBD"})
    void aDeviceOfAnotherImageIsNeverAnsweredNorTakenAway(AttachWay way) {
        var world = worldWithVolume(way);
        var host = world.programs.on(world.first());
        world.programs.cluster.images.put("somebody-elses", new FakeImage(SIZE.bytes()));
        host.map(way == AttachWay.NBD ? "nbd" : "krbd", "somebody-elses");
        world.transport.answerOnce(withWord("map"), 0, "");

        failure(() -> world.driver().attachments().attach(call(world), VOLUME, world.first()));
        world.driver().attachments().detach(call(world), VOLUME, world.first());

        assertThat(host.devices).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceOfTheWrongSizeIsNotAnsweredAndNotLeft(AttachWay way) {
        var world = worldWithVolume(way);
        for (var asked = 0; asked < 4; asked++) {
            world.transport.answerOnce(withWord("device-size"), 0, "");
        }

        assertThat(failure(() -> world.driver().attachments().attach(call(world), VOLUME, world.first()))
                        .code())
                .isEqualTo("volume.attach-failed");

        assertThat(world.driver().attachments().hosts(VOLUME)).isEmpty();
    }

    @Test
    void aStorageDaemonThatDiedIsNoAttachmentAndIsReplaced() {
        var world = worldWithVolume(AttachWay.EXPORT);
        var host = world.programs.on(world.first());
        var dead = world.driver().attachments().attach(call(world), VOLUME, world.first());
        host.exports.values().forEach(export -> export.runs = false);

        assertThat(world.driver().attachments().device(VOLUME, world.first())).isEmpty();
        assertThat(world.driver().attachments().hosts(VOLUME)).containsExactly(world.first());
        var fresh = world.driver().attachments().attach(call(world), VOLUME, world.first());

        assertThat(fresh).isNotEqualTo(dead);
        assertThat(host.devices).hasSize(1);
        assertThat(host.exports).hasSize(1);
    }

    /** The kernel calls its file "/" then: only the note tells whose it is. */
    @Test
    void aDeviceWhoseFileWentWithItsDaemonIsTakenAway() {
        var world = worldWithVolume(AttachWay.EXPORT);
        var host = world.programs.on(world.first());
        world.driver().attachments().attach(call(world), VOLUME, world.first());
        host.unmount(FILE);

        world.driver().attachments().detach(call(world), VOLUME, world.first());

        assertThat(host.traces()).isEmpty();
    }

    /** Each is a way to the host and back. */
    @Test
    void whatAnExportHasIsLookedAtNoMoreThanBeforeAndAfter() {
        var world = worldWithVolume(AttachWay.EXPORT);
        world.driver().attachments().device(VOLUME, world.first()); // learns what the host can
        world.transport.forgetCommands();

        world.driver().attachments().attach(call(world), VOLUME, world.first());
        assertThat(commands(world, "daemon-find")).hasSize(2);
        assertThat(commands(world, "losetup, --list")).hasSize(2);

        world.transport.forgetCommands();
        world.driver().attachments().detach(call(world), VOLUME, world.first());
        assertThat(commands(world, "daemon-find")).hasSize(2);
        assertThat(commands(world, "losetup, --list")).hasSize(3); // and whether the device is gone
    }

    private static List<String> commands(FakeCephWorld world, String words) {
        return world.transport.commands().stream()
                .filter(command -> command.contains(words))
                .toList();
    }

    @Test
    void aDaemonThatDoesNotStartLeavesNothing() {
        var world = worldWithVolume(AttachWay.EXPORT);
        world.transport.answerOnce(withWord("daemon-start"), 25, "ended: exit code 1\nUnknown driver 'rbd'");

        var failure = failure(() -> world.driver().attachments().attach(call(world), VOLUME, world.first()));

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.next()).contains("qemu-block-extra");
        assertThat(world.programs.on(world.first()).traces()).isEmpty();
    }

    @Test
    void aVolumeThatAStrangerHasOpenIsKeptAndItsAddressTold() {
        var world = worldWithVolume(AttachWay.KRBD);
        world.image(IMAGE).strangers.add("10.77.0.9:0/2559087077");

        var failure = failure(() -> world.driver().volumes().delete(call(world), VOLUME));

        assertThat(failure.code()).isEqualTo("volume.attached");
        assertThat(failure.why()).contains("10.77.0.9:0/2559087077");
        assertThat(world.driver().volumes().find(VOLUME)).isPresent();
    }

    @Test
    void snapshotsThatSomebodyMadeDoNotKeepAVolume() {
        var world = worldWithVolume(AttachWay.KRBD);
        world.image(IMAGE).snapshots = 2;

        world.driver().volumes().delete(call(world), VOLUME);

        assertThat(world.programs.cluster.images).isEmpty();
    }

    /** Ledger entries are what says that there is a checkpoint: they must not go while its image stays. */
    @Test
    void aDeletionThatFailsKeepsTheLedger() {
        var world = worldWithVolume(AttachWay.KRBD);
        world.driver().ledger().advance(call(world), VOLUME, 1, CheckpointState.ALLOCATED);
        world.transport.answerOnce(withWord("rm"), 110, "rbd: delete error: (110) Connection timed out");

        var failure = failure(() -> world.driver().volumes().delete(call(world), VOLUME));

        assertThat(failure.isUnknownOutcome()).isTrue();
        assertThat(world.driver().ledger().find(VOLUME)).isPresent();
    }

    @Test
    void sizesAreWholeObjects() {
        var world = new FakeCephWorld(AttachWay.KRBD);

        var made = world.driver().volumes().create(call(world), VOLUME, new DataSize((4 << 20) + 1));

        assertThat(made.size()).isEqualTo(DataSize.ofMebibytes(8));
    }

    @Test
    void aListThatIsCutOffIsNoShortList() {
        var world = worldWithVolume(AttachWay.KRBD);
        world.transport.answerOnce(withWord("ceph-images"), 0, "");
        assertThat(failure(() -> world.driver().volumes().list()).code()).isEqualTo("storage.bad-answer");

        world.transport.answerOnce(withWord("ceph-entries"), 0, "");
        assertThat(failure(() -> world.driver().ledger().list()).code()).isEqualTo("storage.bad-answer");

        world.transport.answerOnce(withWord("list"), 0, "");
        assertThat(failure(() -> world.driver().attachments().hosts(VOLUME)).code())
                .isEqualTo("storage.bad-answer");

        world.transport.answerOnce(withWord("ceph-room"), 0, "");
        assertThat(failure(() -> world.driver().volumes().capacity()).code()).isEqualTo("storage.bad-answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25 | unreachable: no monitor answers | storage.unreachable | STORAGE",
                "21 | denied: Ceph doesn't let user berth in | storage.denied | ENVIRONMENT",
                "20 | no-pool: there is no pool vms | storage.no-pool | ENVIRONMENT",
                "20 | no-conf: /etc/ceph/ceph.conf | storage.no-conf | ENVIRONMENT",
                "25 | no-ceph: librados.so.2 | storage.no-programs | ENVIRONMENT",
                "25 | timeout: no answer from the cluster | storage.unreachable | STORAGE",
                "25 | something: never heard of | storage.failed | STORAGE"
            })
    void whatIsWrongWithTheClusterIsTold(int exitCode, String said, String code, FailureKind kind) {
        var world = worldWithVolume(AttachWay.KRBD);
        world.transport.answerOnce(withWord("ceph-images"), exitCode, said);

        var failure = failure(() -> world.driver().volumes().list());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.output()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | rbd: couldn't connect to the cluster! error (110) Connection timed out | storage.unreachable",
                "1 | rbd: couldn't connect to the cluster! Permission denied | storage.denied",
                "1 | rbd: couldn't connect to the cluster! no keyring found | storage.denied",
                "2 | rbd: error opening pool 'vms': (2) No such file or directory | storage.no-pool",
                "127 | rbd: not found | storage.no-programs",
                "28 | rbd: create error: (28) No space left on device | storage.no-space",
                "122 | rbd: create error: (122) Disk quota exceeded | storage.no-space",
                "110 | rbd: create error: (110) Connection timed out | storage.timeout",
                "13 | rbd: create error: (13) Permission denied | storage.denied"
            })
    void whatRbdSaysOfAVolumeThatCannotBeMadeIsTold(int exitCode, String said, String code) {
        var world = new FakeCephWorld(AttachWay.KRBD);
        world.transport.answerOnce(withWord("create"), exitCode, said);

        var failure = failure(() -> world.driver().volumes().create(call(world), VOLUME, SIZE));

        assertThat(failure.code()).isEqualTo(code);
    }

    /** It may be made all the same: whoever asks again must find it and be content. */
    @Test
    void aVolumeWhoseAnswerNeverCameIsFoundByTheSecondTry() {
        var world = new FakeCephWorld(AttachWay.KRBD);
        world.transport.loseOnce(withWord("create"), true);
        assertThat(failure(() -> world.driver().volumes().create(call(world), VOLUME, SIZE))
                        .isUnknownOutcome())
                .isTrue();

        assertThat(world.driver().volumes().create(call(world), VOLUME, SIZE).size())
                .isEqualTo(SIZE);
    }

    @Test
    void everyCommandEndsByItselfWhenTheClusterDoesNotAnswer() {
        var world = worldWithVolume(AttachWay.KRBD);
        world.driver().attachments().attach(call(world), VOLUME, world.first());
        world.driver().attachments().detach(call(world), VOLUME, world.first());
        world.driver().volumes().delete(call(world), VOLUME);

        assertThat(world.transport.commands())
                .filteredOn(command -> command.contains("[rbd, ")
                        && !command.contains("--version")
                        && !command.contains("device, list"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command).contains("--client_mount_timeout=10"));
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }
}
