package io.berth.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link CheckpointLedger} promises of transitions. */
interface LedgerBehaviour {
    StorageSubject storage();

    @Test
    default void aTransitionStandsForEveryFrontEnd() {
        var volume = storage().freshName();

        var taken = storage().advance(volume, CheckpointState.ALLOCATED);

        assertThat(taken.by()).isEqualTo(storage().operation());
        assertThat(taken.state()).isEqualTo(CheckpointState.ALLOCATED);
        assertThat(taken.generation()).isEqualTo(1);
        assertThat(storage().entry(volume).transitions()).containsExactly(taken);
        assertThat(storage().world().otherFrontEnd().ledger().find(volume))
                .contains(storage().entry(volume));
    }

    @Test
    default void aTransitionKnowsWhenItWasTaken() {
        var taken = storage().advance(storage().freshName(), CheckpointState.ALLOCATED);

        assertThat(Duration.between(taken.at(), Instant.now()).abs()).isLessThan(Duration.ofHours(1));
    }

    @Test
    default void theSameOperationMayTakeATransitionAgain() {
        var volume = storage().freshName();
        var taken = storage().advance(volume, CheckpointState.COMPLETE);

        assertThat(storage().advance(volume, CheckpointState.COMPLETE)).isEqualTo(taken);
        assertThat(storage().entry(volume).transitions()).containsExactly(taken);
    }

    @Test
    default void anotherOperationThatComesLaterLoses() {
        var volume = storage().freshName();
        var taken = storage().advance(volume, CheckpointState.CONSUMED);
        var late = storage().world().call(StorageSubject.freshOperation());

        var answer = storage().world().otherFrontEnd().ledger().advance(late, volume, 1, CheckpointState.CONSUMED);

        assertThat(answer).isEqualTo(taken);
        assertThat(answer.by()).isNotEqualTo(late.token().operation());
        assertThat(storage().entry(volume).takenBy(1, CheckpointState.CONSUMED))
                .contains(storage().operation());
    }

    @Test
    default void ofManyAtOnceOneWinsAndAllHearWhich() throws InterruptedException, ExecutionException {
        var volume = storage().freshName();
        var contenders = IntStream.range(0, 8)
                .mapToObj(i -> StorageSubject.freshOperation())
                .toList();
        var answers = new ArrayList<OperationId>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = contenders.stream()
                    .map(contender -> (Callable<Transition>) () -> storage()
                            .ledger()
                            .advance(storage().world().call(contender), volume, 1, CheckpointState.CONSUMED))
                    .toList();
            for (var attempt : executor.invokeAll(attempts)) {
                answers.add(attempt.get().by());
            }
        }

        var winner = storage().entry(volume).last().by();
        assertThat(contenders).contains(winner);
        assertThat(answers).hasSize(contenders.size()).containsOnly(winner);
    }

    @Test
    default void transitionsComeOldestFirst() {
        var volume = storage().freshName();
        for (var state : CheckpointState.values()) {
            storage().advance(volume, state);
            assertThat(storage().entry(volume).state()).isEqualTo(state);
        }

        assertThat(storage().entry(volume).transitions())
                .extracting(Transition::state)
                .containsExactly(CheckpointState.values());
    }

    @Test
    default void aCheckpointGivenBackHasAnotherGeneration() {
        var volume = storage().freshName();
        storage().advance(volume, CheckpointState.COMPLETE);
        storage().advance(volume, CheckpointState.CONSUMED);
        var other = StorageSubject.freshOperation();

        storage().ledger().advance(storage().world().call(other), volume, 2, CheckpointState.COMPLETE);

        var entry = storage().entry(volume);
        assertThat(entry.generation()).isEqualTo(2);
        assertThat(entry.state()).isEqualTo(CheckpointState.COMPLETE);
        assertThat(entry.takenBy(1, CheckpointState.COMPLETE))
                .contains(storage().operation());
        assertThat(entry.takenBy(2, CheckpointState.COMPLETE)).contains(other);
        assertThat(entry.takenBy(2, CheckpointState.CONSUMED)).isEmpty();
    }

    @Test
    default void generationsAreCountedAsNumbers() {
        var volume = storage().freshName();
        for (var generation = 1; generation <= 11; generation++) {
            storage().ledger().advance(storage().call(), volume, generation, CheckpointState.COMPLETE);
        }

        var everyGeneration = IntStream.rangeClosed(1, 11).boxed().toList();
        assertThat(storage().entry(volume).transitions())
                .extracting(Transition::generation)
                .isEqualTo(everyGeneration);
        assertThat(storage().ledger().list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.generation()).isEqualTo(11));
    }

    @Test
    default void volumesOfSimilarNamesHaveLedgersOfTheirOwn() {
        var volume = storage().freshName();
        var similar = List.of(storage().named(volume.name() + "-g1"), storage().named("x" + volume.name()));
        storage().advance(volume, CheckpointState.ALLOCATED);
        for (var other : similar) {
            storage().advance(other, CheckpointState.COMPLETE);
            storage()
                    .ledger()
                    .describe(storage().call(), Samples.record(other, storage().operation()));
        }

        assertThat(storage().entry(volume).transitions()).hasSize(1);
        assertThat(storage().entry(volume).record()).isEmpty();
        assertThat(storage().ledger().list()).hasSize(3);
    }

    @Test
    default void aNameThatNobodyTookIsUnknownToTheLedger() {
        assertThat(storage().ledger().find(storage().freshName())).isEmpty();
        assertThat(storage().ledger().list()).isEmpty();
    }

    @Test
    default void listNamesEveryCheckpointAndNothingElse() {
        var one = storage().freshName();
        var two = storage().freshName();
        storage().advance(one, CheckpointState.ALLOCATED);
        storage().world().litter();
        storage().advance(two, CheckpointState.ALLOCATED);
        storage().advance(two, CheckpointState.WRITING);
        storage()
                .ledger()
                .describe(storage().call(), Samples.record(two, storage().operation()));

        assertThat(storage().world().otherFrontEnd().ledger().list())
                .containsExactlyInAnyOrder(storage().entry(one), storage().entry(two));
    }
}
