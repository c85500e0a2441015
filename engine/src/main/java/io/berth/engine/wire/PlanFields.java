package io.berth.engine.wire;

import io.berth.core.json.Shape;
import io.berth.core.json.Shapes;
import io.berth.core.plan.Plan;
import io.berth.core.plan.PlanCodec;
import io.berth.core.plan.PlanText;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import java.util.List;

/**
 * A plan as a record.
 *
 * @param text one line a step, for people
 * @param plan as the journal stores it; only Berth itself reads it
 */
record PlanFields(OperationId operation, String kind, VmRef vm, List<String> text, Object plan) {

    static Shape<Plan> shape(Shapes shapes) {
        return new Shape.Mapped<>(shapes.of(PlanFields.class), PlanFields::of, PlanFields::decoded);
    }

    private static PlanFields of(Plan plan) {
        return new PlanFields(plan.operation(), plan.kind(), plan.vm(), PlanText.lines(plan), PlanCodec.json(plan));
    }

    private Plan decoded() {
        return PlanCodec.plan(plan);
    }
}
