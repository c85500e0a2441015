package io.berth.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.Leftover;
import io.berth.core.operation.RehearseRequest;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointPurpose;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.world.SimulatedDatastore;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A datastore is tried out, beside a guest that runs, on storage with one trouble each, where old images lie about. */
final class RehearsalTest {
    private static final Scenario SCENARIO =
            new Scenario(Scenario.Task.REHEARSE, MemoryWriter.STREAM, false, true, true, false);

    private final Stage stage = new Stage(SCENARIO, Variation.NONE, 1);

    /** Does something at each crossing of that name, then lets it pass or not. */
    private static Injector at(String what, Consumer<Crossing<?>> trouble) {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                if (crossing.site().what().equals(what)) {
                    trouble.accept(crossing);
                }
                return crossing.effect().get();
            }
        };
    }

    private static Injector broken(String what) {
        return at(what, crossing -> {
            throw InjectedFailures.failed(crossing.site());
        });
    }

    private RunResult rehearse(Injector injector) {
        var engine = stage.engines().start(new Boundary(stage.world(), injector, stage.checker()::look));
        return stage.ask(engine, Set.of());
    }

    private List<Leftover> leftovers(boolean delete) {
        return stage.engines()
                .start(stage.calm())
                .operations()
                .collectGarbage(delete)
                .leftovers();
    }

    @Test
    void aSoundDatastorePassesAndKeepsNothing() {
        var result = rehearse(Injector.none());

        assertThat(result.failure()).isEmpty();
        assertThat(result.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(leftovers(false)).isEmpty();
        assertKept();
    }

    @ParameterizedTest
    @CsvSource({
        "volumes.create, injected.failed",
        "ledger.describe, injected.failed",
        "ledger.advance 1 CONSUMED, injected.failed",
        "ledger.advance 1 COMPLETE, injected.failed",
        "attachments.attach, injected.failed",
        "devices.clear, injected.failed",
        "devices.write, injected.failed",
        "devices.flush, injected.failed",
        "devices.drop-cache, injected.failed",
        "devices.read, injected.failed"
    })
    void aCallThatFailsIsWhatIsToldAndNothingStays(String what, String code) {
        var result = rehearse(broken(what));

        assertThat(result.state()).isEqualTo(OperationState.FAILED);
        assertThat(result.failure().map(Failure::code)).contains(code);
        assertThat(leftovers(false)).isEmpty();
        assertKept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attachments.detach", "volumes.delete"})
    void whatCanNotBeRemovedRestsUntilRecoveryCan(String what) {
        var result = rehearse(broken(what));

        assertThat(result.state()).isEqualTo(OperationState.PENDING);
        assertThat(result.failure().map(Failure::code)).contains("injected.failed");
        assertThat(leftovers(false)).as("it is owned").isEmpty();

        var engine = stage.engines().start(stage.calm());
        var recovered =
                engine.operations().recover(engine.operations().options()).getFirst();
        assertThat(recovered.obstacle()).isEmpty();
        assertThat(stage.journal().open()).isEmpty();
        assertThat(leftovers(false)).isEmpty();
        assertKept();
    }

    @Test
    void storageThatLosesWhatItSaidIsDurableIsFoundOut() {
        var result = rehearse(at(
                "devices.flush",
                crossing -> crossing.world().datastores().forEach(SimulatedDatastore::loseWritesSilently)));

        assertThat(result.failure().map(Failure::code)).contains("rehearsal.other-content");
        assertKept();
    }

    @Test
    void aLedgerThatForgetsTheRecordIsFoundOut() {
        var result = rehearse(at(
                "ledger.advance 1 COMPLETE",
                crossing -> crossing.world()
                        .datastores()
                        .forEach(datastore -> datastore.entries().stream()
                                .filter(entry -> entry.record()
                                        .filter(record -> record.purpose() == CheckpointPurpose.REHEARSE)
                                        .isPresent())
                                .map(entry -> entry.volume())
                                .toList()
                                .forEach(datastore::damageRecord))));

        assertThat(result.failure().map(Failure::code)).contains("rehearsal.ledger-forgets");
        assertThat(leftovers(false)).isEmpty();
        assertKept();
    }

    @Test
    void aHostThatDoesNotAnswerIsToldBeforeAnythingIsTouched() {
        stage.world().cutNetwork(stage.world().host(Stage.SECOND));

        assertThatThrownBy(() -> rehearse(Injector.none()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.host()).contains(Stage.SECOND));
        assertThat(stage.journal().open()).isEmpty();
    }

    @Test
    void oneAfterTheOtherByTheSameHostIsFine() {
        assertThat(rehearse(Injector.none()).succeeded()).isTrue();
        assertThat(rehearse(broken("devices.flush")).succeeded()).isFalse();
        assertThat(rehearse(Injector.none()).succeeded()).isTrue();
    }

    @Test
    void oneHostMayReadWhatItWroteItself() {
        var engine = stage.engines().start(stage.calm());

        var result = engine.operations()
                .rehearse(
                        new RehearseRequest("store", Stage.FIRST, Stage.FIRST),
                        engine.operations().options());

        assertThat(result.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(leftovers(false)).isEmpty();
    }

    /** Nobody knows of the operation any more: its volume must say by itself that it is nobody's memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "volumes.create",
                "ledger.advance 1 CONSUMED",
                "ledger.advance 1 WRITING",
                "ledger.advance 1 COMPLETE",
                "attachments.attach",
                "devices.write",
                "devices.read",
                "attachments.detach",
                "volumes.delete"
            })
    void whatALostJournalForgotTheCollectorTakes(String what) {
        assertThatThrownBy(() -> rehearse(at(what, crossing -> {
                    stage.journal().lose();
                    throw crossing.engine().die();
                })))
                .isInstanceOf(EngineDied.class);

        assertThat(stage.engines().start(stage.calm()).operations().rebuild()).isEmpty();
        assertThat(leftovers(true)).isNotEmpty().allMatch(Leftover::deleted);
        assertThat(leftovers(false)).isEmpty();
        assertKept();
    }

    private void assertKept() {
        stage.checker().end(stage.expectation(Set.of()));
        assertThat(stage.checker().violations()).isEmpty();
    }
}
