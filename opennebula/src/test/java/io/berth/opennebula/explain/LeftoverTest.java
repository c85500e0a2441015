package io.berth.opennebula.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.opennebula.oned.VmState;
import org.junit.jupiter.api.Test;

class LeftoverTest {
    @Test
    void aCheckpointThatStockSetAsideIsNamed() {
        var explanation = Scene.of(VmState.RUNNING)
                .guest("h2", GuestSight.RUNNING)
                .setAside("h2", "checkpoint.1795402033")
                .explained();

        assertThat(explanation.leftovers())
                .extracting(Leftover::place, Leftover::what)
                .containsExactly(tuple("h2", "/one/100/42/checkpoint.1795402033"));
    }

    @Test
    void aFolderWhereTheVmIsNotIsNamed() {
        var explanation = Scene.of(VmState.RUNNING)
                .guest("h2", GuestSight.RUNNING)
                .folder("h1")
                .folder("h2")
                .explained();

        assertThat(explanation.leftovers()).extracting(Leftover::place).containsExactly("h1");
    }

    @Test
    void aFolderThatBothHostsSeeIsNone() {
        var explanation = Scene.of(VmState.RUNNING)
                .guest("h2", GuestSight.RUNNING)
                .folder("h1", "x")
                .folder("h2", "x")
                .explained();

        assertThat(explanation.leftovers()).isEmpty();
    }

    @Test
    void theFolderOfAMigrationUnderWayIsNone() {
        var explanation =
                Scene.of(VmState.PROLOG_MIGRATE).folder("h1").folder("h2").explained();

        assertThat(explanation.leftovers()).isEmpty();
    }

    @Test
    void anImageOlderThanTheGuestThatRunsIsNamedAsDangerous() {
        var explanation = Scene.of(VmState.RUNNING)
                .guest("h2", GuestSight.RUNNING)
                .memory("h2", MemoryFile.COMPLETE)
                .explained();

        assertThat(explanation.leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.remark()).contains("must never be restored"));
    }

    @Test
    void theImageOfASuspendedVmIsNone() {
        var explanation =
                Scene.of(VmState.SUSPENDED).memory("h2", MemoryFile.COMPLETE).explained();

        assertThat(explanation.leftovers()).isEmpty();
    }
}
