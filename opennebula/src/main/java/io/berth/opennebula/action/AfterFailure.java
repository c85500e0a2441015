package io.berth.opennebula.action;

import java.util.List;

/**
 * What a step's failure leads to.
 *
 * @param steps run then, in order; their own failure is only logged
 * @param tolerated whether the request goes on as if the step had succeeded
 */
public record AfterFailure(List<ActionStep> steps, boolean tolerated) {
    public AfterFailure {
        steps = List.copyOf(steps);
    }

    static final AfterFailure STOP = new AfterFailure(List.of(), false);
    static final AfterFailure GO_ON = new AfterFailure(List.of(), true);

    static AfterFailure run(ActionStep... steps) {
        return new AfterFailure(List.of(steps), false);
    }
}
