package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@link CheckpointLedger} promises of descriptions. */
interface RecordsBehaviour {
    StorageSubject storage();

    @TestFactory
    default Stream<DynamicTest> aRecordComesBackAsItWasWhateverTheGuestIsCalled() {
        return Samples.hostileNames().entrySet().stream()
                .map(name -> DynamicTest.dynamicTest(name.getKey(), () -> comesBack(name.getValue())));
    }

    private void comesBack(String name) {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.ALLOCATED);
        var record = Samples.record(volume, storage().operation(), name);

        storage().ledger().describe(storage().call(), record);

        assertSame(storage().entry(volume).record(), record);
        assertSame(listed(storage().world().otherFrontEnd().ledger(), record), record);
    }

    @Test
    default void aRecordOfACompleteCheckpointComesBackAsItWas() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.COMPLETE);
        var record = Samples.record(volume, storage().operation())
                .complete(DataSize.ofMebibytes(3), "ab12", Optional.of("cd34"), Samples.LATER)
                .released();

        storage().ledger().describe(storage().call(), record);

        assertSame(storage().entry(volume).record(), record);
    }

    @Test
    default void aRecordBeforeTheFirstTransitionMakesNoCheckpointAndIsThereWithIt() {
        var volume = storage().freshName();
        var record = Samples.record(volume, storage().operation());

        storage().ledger().describe(storage().call(), record);

        assertThat(storage().ledger().find(volume)).isEmpty();
        storage().advance(volume, CheckpointState.COMPLETE);
        assertSame(storage().entry(volume).record(), record);
    }

    @Test
    default void aRecordWithoutOptionalPartsComesBackAsItWas() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.ALLOCATED);
        var record = Samples.recordOfTransientGuest(volume, storage().operation());

        storage().ledger().describe(storage().call(), record);

        assertSame(storage().entry(volume).record(), record);
    }

    @Test
    default void aRecordWithALongDefinitionComesBackAsItWas() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.ALLOCATED);
        var record = Samples.recordWithLongDefinition(volume, storage().operation());

        storage().ledger().describe(storage().call(), record);

        assertSame(storage().entry(volume).record(), record);
        assertSame(listed(storage().ledger(), record), record);
    }

    @Test
    default void theLatestDescriptionReplacesTheOneBefore() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.ALLOCATED);
        var record = Samples.record(volume, storage().operation());
        storage().ledger().describe(storage().call(), record);

        storage().ledger().describe(storage().call(), record.released());

        assertThat(storage().entry(volume).record())
                .hasValueSatisfying(read -> assertThat(read.sourceReleased()).isTrue());
    }

    @Test
    default void aCheckpointThatWasNeverDescribedIsThereWithoutARecord() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.WRITING);

        assertThat(storage().entry(volume).record()).isEmpty();
        assertThat(storage().ledger().list()).containsExactly(storage().entry(volume));
    }

    @Test
    default void aDamagedRecordIsMissingButItsCheckpointAndTheOthersAreThere() {
        var damaged = storage().freshName();
        var sound = storage().freshName();
        for (var volume : List.of(damaged, sound)) {
            storage().advance(volume, CheckpointState.COMPLETE);
            storage()
                    .ledger()
                    .describe(storage().call(), Samples.record(volume, storage().operation()));
        }

        storage().world().damageRecord(damaged);

        assertThat(storage().entry(damaged).record()).isEmpty();
        assertThat(storage().entry(damaged).state()).isEqualTo(CheckpointState.COMPLETE);
        assertThat(storage().entry(sound).record()).isPresent();
        assertThat(storage().ledger().list())
                .containsExactlyInAnyOrder(storage().entry(damaged), storage().entry(sound));
    }

    private static Optional<CheckpointRecord> listed(CheckpointLedger ledger, CheckpointRecord record) {
        return ledger.list().stream()
                .filter(entry -> entry.volume().equals(record.volume()))
                .findFirst()
                .flatMap(CheckpointLedger.Entry::record);
    }

    /** Equal, names included: guests of one UUID are equal whatever they are called. */
    private static void assertSame(Optional<CheckpointRecord> actual, CheckpointRecord expected) {
        assertThat(actual).contains(expected);
        assertThat(actual.orElseThrow().vm().name()).isEqualTo(expected.vm().name());
    }
}
