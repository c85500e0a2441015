package io.berth.storage.loop;

import static io.berth.storage.loop.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.common.SealedLines;
import io.berth.storage.common.TransitionText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the driver does when commands fail, answers are lost and hosts are gone; the rest is in the suite. */
class LoopStorageTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(2);
    private static final VolumeRef VOLUME = new VolumeRef("local", "berth-abcdefgh");

    private final FakeWorld world = new FakeWorld();
    private final StorageDriver driver = world.driver();
    private final Call call = world.call(new OperationId("abcdefgh"));
    private final HostRef first = world.first();
    private final HostRef second = world.second();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void fileWorkIsDoneByTheFirstHostThatCanBeReached() {
        driver.volumes().create(call, VOLUME, SIZE);
        assertThat(world.transport.commands()).allMatch(command -> command.startsWith("h1 "));

        world.transport.forgetCommands();
        world.transport.unreachable.add(first);
        driver.ledger().advance(call, VOLUME, 1, CheckpointState.ALLOCATED);

        assertThat(world.transport.commands()).hasSize(1).allMatch(command -> command.startsWith("h2 "));
    }

    @Test
    void aChangeWhoseAnswerIsLostIsNotTriedElsewhere() {
        world.transport.loseOnce(withWord("create-once"), true);

        var failure = failure(() -> driver.ledger().advance(call, VOLUME, 1, CheckpointState.COMPLETE));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(world.transport.commands()).hasSize(1);
        assertThat(driver.ledger()
                        .advance(call, VOLUME, 1, CheckpointState.COMPLETE)
                        .by())
                .isEqualTo(call.token().operation());
    }

    @Test
    void aQuestionWhoseAnswerIsLostIsAskedElsewhere() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.loseOnce(withWord("list"), false);

        assertThat(driver.volumes().find(VOLUME)).isPresent();
        assertThat(world.transport.commands().getLast()).startsWith("h2 ");
    }

    @Test
    void withoutAnyHostTheStorageIsUnreachable() {
        world.transport.unreachable.add(first);
        world.transport.unreachable.add(second);

        assertThat(failure(() -> driver.volumes().create(call, VOLUME, SIZE)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("storage.unreachable"))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE))
                .satisfies(failure -> assertThat(failure.why()).contains("h1", "h2"));
    }

    @Test
    void aFolderThatIsNotMountedIsNotAnEmptyDatastore() throws IOException {
        Files.delete(world.folder);

        assertThat(failure(() -> driver.ledger().list()).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> driver.ledger().find(VOLUME)).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> driver.volumes().find(VOLUME)).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> driver.volumes().delete(call, VOLUME)).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> driver.volumes().create(call, VOLUME, SIZE)).code())
                .isEqualTo("storage.unreachable");
        Files.createDirectory(world.folder);
    }

    @Test
    void fullAndReadOnlyStorageIsNamedSo() {
        world.transport.answerOnce(withWord("make-volume"), 28, "full: no space");
        assertThat(failure(() -> driver.volumes().create(call, VOLUME, SIZE)).code())
                .isEqualTo("storage.no-space");

        world.transport.answerOnce(withWord("create-once"), 30, "read-only: no");
        assertThat(failure(() -> driver.ledger().advance(call, VOLUME, 1, CheckpointState.ALLOCATED))
                        .code())
                .isEqualTo("storage.read-only");

        world.transport.answerOnce(withWord("remove"), 1, "io: disk is broken");
        var other = failure(() -> driver.volumes().delete(call, VOLUME));
        assertThat(other.code()).isEqualTo("storage.failed");
        assertThat(other.output()).containsExactly("io: disk is broken");
        assertThat(other.host()).contains(first);
    }

    @Test
    void aVolumeOfAnotherDatastoreIsRefused() {
        var elsewhere = new VolumeRef("other", VOLUME.name());

        assertThat(failure(() -> driver.volumes().create(call, elsewhere, SIZE)).code())
                .isEqualTo("volume.other-datastore");
        assertThat(failure(() -> driver.volumes().find(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(failure(() -> driver.ledger().find(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(failure(() -> driver.attachments().hosts(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(world.transport.commands()).isEmpty();
    }

    @Test
    void listingTheLedgerIsOneCommandWhateverItHolds() {
        for (var i = 0; i < 50; i++) {
            var volume = new VolumeRef("local", "berth-" + i);
            driver.ledger().advance(call, volume, 1, CheckpointState.ALLOCATED);
            driver.ledger().describe(call, Records.plain(volume));
        }
        world.transport.forgetCommands();

        assertThat(driver.ledger().list())
                .hasSize(50)
                .allMatch(entry -> entry.record().isPresent());
        assertThat(world.transport.commands()).hasSize(1);
    }

    @Test
    void anInterruptedDeleteNeverLeavesACompleteCheckpointWithoutItsImage() {
        driver.volumes().create(call, VOLUME, SIZE);
        for (var state : CheckpointState.values()) {
            driver.ledger().advance(call, VOLUME, 1, state);
        }
        driver.ledger().describe(call, Records.plain(VOLUME));
        var attempts = 0;
        for (var left = CheckpointState.values().length; left > 0; attempts++) {
            world.transport.forgetCommands();
            var step = attempts;
            world.transport.loseOnce(command -> command.argv().contains("remove") && removals() == step + 1, false);
            assertThat(failure(() -> driver.volumes().delete(call, VOLUME)).isUnknownOutcome())
                    .isTrue();
            assertThat(driver.ledger().find(VOLUME).orElseThrow().state()).isEqualTo(CheckpointState.CONSUMED);
            left = driver.ledger().find(VOLUME).orElseThrow().transitions().size() - 1;
        }

        driver.volumes().delete(call, VOLUME);

        assertThat(driver.ledger().list()).isEmpty();
        assertThat(attempts).isGreaterThan(3);
    }

    private long removals() {
        return world.transport.commands().stream()
                .filter(command -> command.contains(", remove,"))
                .count();
    }

    @Test
    void deleteWithAHostThatCanNotBeReachedLooksAtTheOthers() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.unreachable.add(first);
        driver.attachments().attach(call, VOLUME, second);

        assertThat(failure(() -> driver.volumes().delete(call, VOLUME)).code()).isEqualTo("volume.attached");

        driver.attachments().detach(call, VOLUME, second);
        driver.volumes().delete(call, VOLUME);
        assertThat(driver.volumes().find(VOLUME)).isEmpty();
    }

    @Test
    void deleteIsRefusedWhileItIsUnknownWhetherAHostHasTheVolume() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.loseOnce(withWord("--list"), false);

        assertThat(failure(() -> driver.volumes().delete(call, VOLUME)).isUnknownOutcome())
                .isTrue();
        assertThat(driver.volumes().find(VOLUME)).isPresent();
    }

    @Test
    void aTransitionWithDamagedContentStandsForNobody() throws IOException {
        driver.ledger().advance(call, VOLUME, 1, CheckpointState.ALLOCATED);
        driver.ledger().advance(call, VOLUME, 1, CheckpointState.COMPLETE);
        Litter.cutInHalf(world.folder.resolve("berth-abcdefgh.g1.complete"));
        Litter.flipOneBit(world.folder.resolve("berth-abcdefgh.g1.allocated"));

        assertThat(driver.ledger()
                        .advance(call, VOLUME, 1, CheckpointState.COMPLETE)
                        .by())
                .isEqualTo(TransitionText.UNREADABLE);
        assertThat(driver.ledger().find(VOLUME).orElseThrow().transitions())
                .extracting(Transition::by)
                .containsOnly(TransitionText.UNREADABLE);
        assertThat(driver.ledger().list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(CheckpointState.COMPLETE));
    }

    @Test
    void aRecordOfALaterFormatIsRefusedToWhomeverAsksForItAndListedWithout() throws IOException {
        driver.ledger().advance(call, VOLUME, 1, CheckpointState.COMPLETE);
        var later = new SealedLines("berth-checkpoint", 2, new LinkedHashMap<>()).encode();
        Files.writeString(world.folder.resolve("berth-abcdefgh.record"), later);

        var failure = failure(() -> driver.ledger().find(VOLUME));

        assertThat(failure.code()).isEqualTo("checkpoint.newer-format");
        assertThat(failure.next()).contains("update Berth");
        assertThat(driver.ledger().list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.record()).isEqualTo(Optional.empty()));
    }

    @Test
    void anotherHostsDeviceInTheListIsNotThisHosts() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, first);

        assertThat(driver.attachments().device(VOLUME, second)).isEmpty();
        driver.attachments().detach(call, VOLUME, second);

        assertThat(driver.attachments().device(VOLUME, first)).contains(device);
    }

    @Test
    void attachDoesNotAnswerADeviceThatIsAboutToGo() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, first);
        var node = world.transport.kernel.node("h1", device.path()).orElseThrow();
        try (var holder = world.hold(first, device)) {
            assertThat(holder).isNotNull();
            world.transport.kernel.detach(node);

            assertThat(failure(() -> driver.attachments().attach(call, VOLUME, first))
                            .code())
                    .isEqualTo("volume.attach-failed");
        }

        assertThat(driver.attachments().attach(call, VOLUME, first)).isNotEqualTo(device);
    }

    @Test
    void aHolderThatNoProcessShowsIsNoticedAllTheSame() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, first);
        world.transport.hideHolders = true;
        try (var holder = world.hold(first, device)) {
            assertThat(holder).isNotNull();
            assertThat(failure(() -> driver.attachments().detach(call, VOLUME, first))
                            .code())
                    .isEqualTo("volume.in-use");
        }
    }

    @Test
    void aDeviceOfTheWrongSizeIsNotAnsweredAndNotLeft() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.answerOnce(withWord("device-size"), 0, "");
        world.transport.answerOnce(withWord("device-size"), 0, "");

        assertThat(failure(() -> driver.attachments().attach(call, VOLUME, first))
                        .code())
                .isEqualTo("volume.attach-failed");
        assertThat(driver.attachments().hosts(VOLUME)).isEmpty();
    }

    @Test
    void aVolumeThatGrewElsewhereIsAnsweredWithItsNewSize() {
        driver.volumes().create(call, VOLUME, SIZE);
        var device = driver.attachments().attach(call, VOLUME, second);
        world.transport.unreachable.add(second);
        driver.volumes().grow(call, VOLUME, DataSize.ofMebibytes(4));
        world.transport.unreachable.clear();
        assertThat(world.size(second, device)).isEqualTo(SIZE);

        driver.attachments().attach(call, VOLUME, second);

        assertThat(world.size(second, device)).isEqualTo(DataSize.ofMebibytes(4));
    }

    @Test
    void aDeviceOverADeletedFileIsTakenAwayButNeverAnswered() throws IOException {
        driver.volumes().create(call, VOLUME, SIZE);
        var stale = driver.attachments().attach(call, VOLUME, first);
        Files.move(world.folder.resolve("berth-abcdefgh.img"), world.folder.resolve("moved"));
        driver.volumes().create(call, VOLUME, SIZE);

        assertThat(driver.attachments().device(VOLUME, first)).isEmpty();
        assertThat(driver.attachments().attach(call, VOLUME, first)).isNotEqualTo(stale);
        driver.attachments().detach(call, VOLUME, first);

        assertThat(world.transport.kernel.all()).isEmpty();
    }

    @Test
    void losetupsOwnErrorReachesTheReader() {
        driver.volumes().create(call, VOLUME, SIZE);
        world.transport.answerOnce(withWord("--find"), 1, "losetup: cannot find an unused loop device");

        var failure = failure(() -> driver.attachments().attach(call, VOLUME, first));

        assertThat(failure.code()).isEqualTo("volume.attach-failed");
        assertThat(failure.output()).containsExactly("losetup: cannot find an unused loop device");
        assertThat(failure.command())
                .hasValueSatisfying(command -> assertThat(command).startsWith("losetup --find"));
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }
}
