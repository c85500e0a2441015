package io.berth.opennebula.site;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.opennebula.oned.Oned;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepartureTest {
    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private StandInCore core;
    private Oned oned;

    @BeforeEach
    void open() throws IOException {
        core = new StandInCore();
        oned = Oned.find(core.environment(folder));
        hostHas("kvm");
    }

    @AfterEach
    void close() throws IOException {
        core.close();
    }

    private void hostHas(String driver) {
        core.says("one.hostpool.info", Descriptions.pool("HOST_POOL", Descriptions.host(1, "node1", driver)));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> Departure.refuseIfAnyoneIsLeftBehind(oned, engine))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aSiteThatUsesNothingOfBerthMayLeave() {
        engine.checkpoints.entries.add(Samples.checkpoint("one-1", CheckpointState.CONSUMED));

        assertThatCode(() -> Departure.refuseIfAnyoneIsLeftBehind(oned, engine)).doesNotThrowAnyException();
    }

    @Test
    void aHostWithBerthsDriverHoldsItBack() {
        hostHas("berth-kvm");

        assertRefused().hasMessageContaining("uninstall.hosts").hasMessageContaining("node1");
    }

    @Test
    void aVmThatOnlyBerthCanRestoreHoldsItBack() {
        engine.checkpoints.entries.add(Samples.checkpoint("one-1", CheckpointState.COMPLETE));

        assertRefused().hasMessageContaining("uninstall.stranded").hasMessageContaining("one-1");
    }

    @Test
    void aCoreThatGivesNoAnswerHoldsItBack() throws IOException {
        core.close();

        assertRefused().hasMessageContaining("oned.unreachable");
    }
}
