package io.berth.storage.files;

import static io.berth.storage.files.FakeHelperTransport.withWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import io.berth.storage.records.SealedLines;
import io.berth.storage.records.TransitionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder's driver does when commands fail, answers are lost and hosts are gone; the rest is in the suites. */
class FolderStorageTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(2);
    private static final VolumeRef VOLUME = new VolumeRef("local", "berth-abcdefgh");

    private final HostRef first = new HostRef("h1");
    private final HostRef second = new HostRef("h2");
    private final Call call = Call.of(new FencingToken(Records.VM, 1, new OperationId("abcdefgh")));
    private final FakeHelperTransport transport = new FakeHelperTransport(FakePrograms.NONE);
    private final Path folder;
    private final FolderStorage storage;
    private final Volumes volumes;

    FolderStorageTest(@TempDir Path folder) {
        this.folder = folder;
        var settings = new FolderSettings("local", folder.toString(), List.of(first, second));
        this.storage = new FolderStorage(settings, transport, Clock.systemUTC());
        this.volumes = storage.volumes(new FakeAttachments());
    }

    @Test
    void fileWorkIsDoneByTheFirstHostThatCanBeReached() {
        volumes.create(call, VOLUME, SIZE);
        assertThat(transport.commands()).allMatch(command -> command.startsWith("h1 "));

        transport.forgetCommands();
        transport.unreachable.add(first);
        storage.ledger().advance(call, VOLUME, 1, CheckpointState.ALLOCATED);

        assertThat(transport.commands()).hasSize(1).allMatch(command -> command.startsWith("h2 "));
    }

    @Test
    void aChangeWhoseAnswerIsLostIsNotTriedElsewhere() {
        transport.loseOnce(withWord("create-once"), true);

        var failure = failure(() -> storage.ledger().advance(call, VOLUME, 1, CheckpointState.COMPLETE));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(transport.commands()).hasSize(1);
        assertThat(storage.ledger()
                        .advance(call, VOLUME, 1, CheckpointState.COMPLETE)
                        .by())
                .isEqualTo(call.token().operation());
    }

    @Test
    void aQuestionWhoseAnswerIsLostIsAskedElsewhere() {
        volumes.create(call, VOLUME, SIZE);
        transport.loseOnce(withWord("list"), false);

        assertThat(volumes.find(VOLUME)).isPresent();
        assertThat(transport.commands().getLast()).startsWith("h2 ");
    }

    @Test
    void withoutAnyHostTheStorageIsUnreachable() {
        transport.unreachable.add(first);
        transport.unreachable.add(second);

        assertThat(failure(() -> volumes.create(call, VOLUME, SIZE)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("storage.unreachable"))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE))
                .satisfies(failure -> assertThat(failure.why()).contains("h1", "h2"));
    }

    @Test
    void aFolderThatIsNotMountedIsNotAnEmptyDatastore() throws IOException {
        Files.delete(folder);

        assertThat(failure(() -> storage.ledger().list()).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> storage.ledger().find(VOLUME)).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> volumes.find(VOLUME)).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> volumes.delete(call, VOLUME)).code()).isEqualTo("storage.unreachable");
        assertThat(failure(() -> volumes.create(call, VOLUME, SIZE)).code()).isEqualTo("storage.unreachable");
        Files.createDirectory(folder);
    }

    @Test
    void fullAndReadOnlyStorageIsNamedSo() {
        transport.answerOnce(withWord("make-volume"), 28, "full: no space");
        assertThat(failure(() -> volumes.create(call, VOLUME, SIZE)).code()).isEqualTo("storage.no-space");

        transport.answerOnce(withWord("create-once"), 30, "read-only: no");
        assertThat(failure(() -> storage.ledger().advance(call, VOLUME, 1, CheckpointState.ALLOCATED))
                        .code())
                .isEqualTo("storage.read-only");

        transport.answerOnce(withWord("remove"), 1, "io: disk is broken");
        var other = failure(() -> volumes.delete(call, VOLUME));
        assertThat(other.code()).isEqualTo("storage.failed");
        assertThat(other.output()).containsExactly("io: disk is broken");
        assertThat(other.host()).contains(first);
    }

    @Test
    void listingTheLedgerIsOneCommandWhateverItHolds() {
        for (var i = 0; i < 50; i++) {
            var volume = new VolumeRef("local", "berth-" + i);
            storage.ledger().advance(call, volume, 1, CheckpointState.ALLOCATED);
            storage.ledger().describe(call, Records.plain(volume));
        }
        transport.forgetCommands();

        assertThat(storage.ledger().list())
                .hasSize(50)
                .allMatch(entry -> entry.record().isPresent());
        assertThat(transport.commands()).hasSize(1);
    }

    @Test
    void anInterruptedDeleteNeverLeavesACompleteCheckpointWithoutItsImage() {
        volumes.create(call, VOLUME, SIZE);
        for (var state : CheckpointState.values()) {
            storage.ledger().advance(call, VOLUME, 1, state);
        }
        storage.ledger().describe(call, Records.plain(VOLUME));
        var attempts = 0;
        for (var left = CheckpointState.values().length; left > 0; attempts++) {
            transport.forgetCommands();
            var step = attempts;
            transport.loseOnce(command -> command.argv().contains("remove") && removals() == step + 1, false);
            assertThat(failure(() -> volumes.delete(call, VOLUME)).isUnknownOutcome())
                    .isTrue();
            assertThat(storage.ledger().find(VOLUME).orElseThrow().state()).isEqualTo(CheckpointState.CONSUMED);
            left = storage.ledger().find(VOLUME).orElseThrow().transitions().size() - 1;
        }

        volumes.delete(call, VOLUME);

        assertThat(storage.ledger().list()).isEmpty();
        assertThat(attempts).isGreaterThan(3);
    }

    private long removals() {
        return transport.commands().stream()
                .filter(command -> command.contains(", remove,"))
                .count();
    }

    @Test
    void aTransitionWithDamagedContentStandsForNobody() throws IOException {
        storage.ledger().advance(call, VOLUME, 1, CheckpointState.ALLOCATED);
        storage.ledger().advance(call, VOLUME, 1, CheckpointState.COMPLETE);
        Litter.cutInHalf(folder.resolve("berth-abcdefgh.g1.complete"));
        Litter.flipOneBit(folder.resolve("berth-abcdefgh.g1.allocated"));

        assertThat(storage.ledger()
                        .advance(call, VOLUME, 1, CheckpointState.COMPLETE)
                        .by())
                .isEqualTo(TransitionText.UNREADABLE);
        assertThat(storage.ledger().find(VOLUME).orElseThrow().transitions())
                .extracting(Transition::by)
                .containsOnly(TransitionText.UNREADABLE);
        assertThat(storage.ledger().list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(CheckpointState.COMPLETE));
    }

    @Test
    void aRecordOfALaterFormatIsRefusedToWhomeverAsksForItAndListedWithout() throws IOException {
        storage.ledger().advance(call, VOLUME, 1, CheckpointState.COMPLETE);
        var later = new SealedLines("berth-checkpoint", 2, new LinkedHashMap<>()).encode();
        Files.writeString(folder.resolve("berth-abcdefgh.record"), later);

        var failure = failure(() -> storage.ledger().find(VOLUME));

        assertThat(failure.code()).isEqualTo("checkpoint.newer-format");
        assertThat(failure.next()).contains("update Berth");
        assertThat(storage.ledger().list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.record()).isEqualTo(Optional.empty()));
    }

    @Test
    void aVolumeOfAnotherDatastoreIsRefused() {
        var elsewhere = new VolumeRef("other", VOLUME.name());

        assertThat(failure(() -> volumes.create(call, elsewhere, SIZE)).code()).isEqualTo("volume.other-datastore");
        assertThat(failure(() -> volumes.find(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(failure(() -> storage.ledger().find(elsewhere)).code()).isEqualTo("volume.other-datastore");
        assertThat(transport.commands()).isEmpty();
    }

    private static Failure failure(ThrowingCallable attempt) {
        var failure = catchThrowableOfType(Failure.class, attempt);
        assertThat(failure).as("a failure that should have come").isNotNull();
        assertThat(failure.next()).isNotBlank();
        return failure;
    }
}
