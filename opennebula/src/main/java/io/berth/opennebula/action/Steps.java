package io.berth.opennebula.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the steps of a request. */
final class Steps {
    private final List<ActionStep> steps = new ArrayList<>();

    static Steps first(List<? extends ActionStep> steps) {
        return new Steps().then(steps);
    }

    static Steps first(ActionStep... steps) {
        return new Steps().then(steps);
    }

    Steps then(ActionStep... more) {
        steps.addAll(List.of(more));
        return this;
    }

    Steps then(List<? extends ActionStep> more) {
        steps.addAll(more);
        return this;
    }

    Steps thenIf(boolean wanted, ActionStep... more) {
        return wanted ? then(more) : this;
    }

    List<ActionStep> list() {
        return List.copyOf(steps);
    }

    /** @param step whose output the core is told */
    Recipe answering(String step) {
        return new Recipe.Sequence(steps, step, Optional.empty());
    }
}
