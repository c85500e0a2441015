package io.berth.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.operation.Facts;
import io.berth.core.operation.StandardPlanners;
import io.berth.driver.Failure;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
    @Test
    void suspendComesBackAsItWas() {
        var plan = new StandardPlanners().suspend(Facts.suspend());
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void suspendOntoThickStorageWithFastWriterComesBackAsItWas() {
        var plan = new StandardPlanners().suspend(Facts.suspendThick(List.of(MemoryWriter.FAST)));
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void resumeComesBackAsItWas() {
        var plan = new StandardPlanners().resume(Facts.resume());
        assertThat(PlanCodec.read(PlanCodec.write(plan))).isEqualTo(plan);
    }

    @Test
    void textThatIsNoPlanIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> PlanCodec.read("{\"kind\":\"future\"}"))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("journal.bad-plan");
                    assertThat(failure.next()).isNotEmpty();
                });
    }
}
