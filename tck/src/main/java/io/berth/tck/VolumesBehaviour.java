package io.berth.tck;

import static io.berth.tck.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.FailureKind;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link io.berth.driver.storage.Volumes} promises. */
interface VolumesBehaviour {
    StorageSubject storage();

    @Test
    default void createMakesAVolumeAtLeastAsLargeAsAsked() {
        var asked = new DataSize(StorageSubject.SIZE.bytes() + 1);
        var volume = storage().freshName();

        var made = storage().volumes().create(storage().call(), volume, asked);

        assertThat(made.volume()).isEqualTo(volume);
        assertThat(made.size()).isGreaterThanOrEqualTo(asked);
        assertThat(made.allocated()).isLessThanOrEqualTo(made.size());
        assertThat(storage().found(volume).size()).isEqualTo(made.size());
    }

    @Test
    default void aThinVolumeTakesOnlyWhatIsWrittenToIt() {
        var volume = storage().freshVolume();
        var before = storage().found(volume);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 0, StorageSubject.randomBytes(1 << 20));
        var after = storage().found(volume);

        if (storage().capabilities().thin()) {
            assertThat(before.allocated().bytes()).isLessThan(before.size().bytes() / 2);
            assertThat(after.allocated()).isGreaterThan(before.allocated());
        } else {
            assertThat(before.allocated()).isEqualTo(before.size());
        }
    }

    @Test
    default void createTwiceAnswersTheSameVolumeAndKeepsItsContent() {
        var volume = storage().freshVolume();
        var secret = StorageSubject.randomBytes(4096);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 0, secret);

        var again = storage().volumes().create(storage().call(), volume, StorageSubject.SIZE);

        assertThat(again.size()).isEqualTo(storage().found(volume).size());
        assertThat(storage().world().read(storage().first(), device, 0, secret.length))
                .isEqualTo(secret);
    }

    @Test
    default void createIsAnsweredByALargerVolumeThatIsThere() {
        var volume = storage().freshVolume();

        var again = storage().volumes().create(storage().call(), volume, DataSize.ofMebibytes(2));

        assertThat(again.size()).isGreaterThanOrEqualTo(StorageSubject.SIZE);
    }

    @Test
    default void createRefusesToAnswerWithASmallerVolume() {
        var volume = storage().freshVolume();
        var before = storage().found(volume).size();
        var larger = new DataSize(before.bytes() * 2);

        var refusal = refusal(() -> storage().volumes().create(storage().call(), volume, larger));

        assertThat(refusal.code()).isEqualTo("volume.too-small");
        assertThat(refusal.kind()).isEqualTo(FailureKind.STORAGE);
        assertThat(storage().found(volume).size()).isEqualTo(before);
    }

    @Test
    default void aNewVolumeShowsNothingOfAnEarlierOneOfItsName() {
        var volume = storage().freshVolume();
        var secret = StorageSubject.randomBytes(4096);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 8192, secret);
        storage().detach(volume, storage().first());
        storage().volumes().delete(storage().call(), volume);

        storage().volumes().create(storage().call(), volume, StorageSubject.SIZE);

        var anew = storage().attach(volume, storage().first());
        assertThat(storage().world().read(storage().first(), anew, 8192, secret.length))
                .isNotEqualTo(secret);
    }

    @Test
    default void findOfAVolumeThatIsNotThereIsEmpty() {
        assertThat(storage().volumes().find(storage().freshName())).isEmpty();
    }

    @Test
    default void listNamesEveryVolumeAndNothingElse() {
        var one = storage().freshVolume();
        storage().world().litter();
        var two = storage().freshVolume();
        storage().advance(storage().freshName(), CheckpointState.ALLOCATED);

        assertThat(storage().volumes().list()).extracting(VolumeInfo::volume).containsExactlyInAnyOrder(one, two);
        assertThat(storage().world().otherFrontEnd().volumes().list())
                .containsExactlyInAnyOrderElementsOf(storage().volumes().list());
    }

    @Test
    default void growEnlargesAnAttachedVolumeWhereDeclaredAndIsRefusedElsewhere() {
        var volume = storage().freshVolume();
        var secret = StorageSubject.randomBytes(4096);
        var device = storage().attach(volume, storage().first());
        storage().world().write(storage().first(), device, 4096, secret);
        var before = storage().found(volume).size();
        var wanted = new DataSize(before.bytes() * 2);

        if (storage().capabilities().grow()) {
            storage().volumes().grow(storage().call(), volume, wanted);
            storage().volumes().grow(storage().call(), volume, wanted);

            assertThat(storage().found(volume).size()).isGreaterThanOrEqualTo(wanted);
            assertThat(storage().world().size(storage().first(), device)).isGreaterThanOrEqualTo(wanted);
            assertThat(storage().world().read(storage().first(), device, 4096, secret.length))
                    .isEqualTo(secret);
        } else {
            assertThat(refusal(() -> storage().volumes().grow(storage().call(), volume, wanted))
                            .code())
                    .isEqualTo("volume.cannot-grow");
            assertThat(storage().found(volume).size()).isEqualTo(before);
        }
    }

    @Test
    default void growNeverShrinks() {
        var volume = storage().freshVolume();
        var before = storage().found(volume).size();

        if (storage().capabilities().grow()) {
            storage().volumes().grow(storage().call(), volume, DataSize.ofMebibytes(1));
        }

        assertThat(storage().found(volume).size()).isEqualTo(before);
    }

    @Test
    default void deleteRemovesTheVolumeAndItsLedger() {
        var volume = storage().freshVolume();
        storage().advance(volume, CheckpointState.WRITING);
        storage()
                .ledger()
                .describe(storage().call(), Samples.record(volume, storage().operation()));

        storage().volumes().delete(storage().call(), volume);

        assertThat(storage().volumes().find(volume)).isEmpty();
        assertThat(storage().ledger().find(volume)).isEmpty();
        assertThat(storage().ledger().list()).isEmpty();
        assertThat(storage().volumes().list()).isEmpty();
    }

    @Test
    default void deleteOfWhatIsGoneOrNeverWasIsFine() {
        var volume = storage().freshVolume();
        storage().volumes().delete(storage().call(), volume);

        storage().volumes().delete(storage().call(), volume);
        storage().volumes().delete(storage().call(), storage().freshName());

        assertThat(storage().volumes().find(volume)).isEmpty();
    }

    @Test
    default void deleteRemovesALedgerWithoutAVolume() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.ALLOCATED);

        storage().volumes().delete(storage().call(), volume);

        assertThat(storage().ledger().find(volume)).isEmpty();
    }

    @Test
    default void deleteTouchesNoVolumeOfASimilarName() {
        var volume = storage().freshVolume();
        var similar = List.of(storage().named(volume.name() + "-2"), storage().named("x" + volume.name()));
        for (var other : similar) {
            storage().advance(other, CheckpointState.ALLOCATED);
            storage().volumes().create(storage().call(), other, StorageSubject.SIZE);
        }

        storage().volumes().delete(storage().call(), volume);

        assertThat(storage().volumes().list())
                .extracting(VolumeInfo::volume)
                .containsExactlyInAnyOrderElementsOf(similar);
        assertThat(storage().ledger().list())
                .extracting(CheckpointLedger.Entry::volume)
                .containsExactlyInAnyOrderElementsOf(similar);
    }

    @Test
    default void deleteIsRefusedWhileAHostHasTheVolumeAttached() {
        var volume = storage().freshVolume();
        storage().attach(volume, storage().second());

        var refusal = refusal(() -> storage().volumes().delete(storage().call(), volume));

        assertThat(refusal.code()).isEqualTo("volume.attached");
        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(storage().volumes().find(volume)).isPresent();
        assertThat(storage().entry(volume).state()).isEqualTo(CheckpointState.ALLOCATED);
    }

    @Test
    default void capacityTellsRoomThatIsThere() {
        var capacity = storage().volumes().capacity();

        assertThat(capacity.total()).isGreaterThan(DataSize.ZERO);
        assertThat(capacity.free())
                .isLessThanOrEqualTo(capacity.total())
                .isGreaterThanOrEqualTo(DataSize.ofMebibytes(64));
    }
}
