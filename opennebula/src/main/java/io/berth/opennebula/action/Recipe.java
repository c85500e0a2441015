package io.berth.opennebula.action;

import java.util.List;
import java.util.Optional;

/** What a request comes to. */
public sealed interface Recipe {
    /**
     * Steps, one after the other; the first that fails ends it.
     *
     * @param answer the step whose output the core is told on success
     * @param prefix what the core finds before it, success or not
     */
    record Sequence(List<ActionStep> steps, String answer, Optional<String> prefix) implements Recipe {
        public Sequence {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One script of the hypervisor's whose output is the answer. It may be tried again, and its success or failure gets
     * no line of its own in the log.
     */
    record Single(ActionStep.Hypervisor step) implements Recipe {}
}
