package io.berth.core.run;

import io.berth.core.plan.Step;

/** Finds the handler of a step: the one place that knows all kinds. */
@FunctionalInterface
public interface Handlers {
    StepHandler<Step> of(Step step);
}
