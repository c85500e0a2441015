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

    /**
     * What the engine does with a guest's memory, between the site's scripts. What comes after it can't fail: the guest
     * is where it was to be.
     *
     * @param name of the deed, as the log knows the script whose place it takes
     * @param before left out when the deed turns out to be done already
     * @param whenNotDone run if it isn't done, though what goes before was
     * @param instead what the site does, for a guest of which storage holds no memory that Berth could restore
     * @param after in order; whatever comes of them
     */
    record Memory(
            String name,
            MemoryDeed deed,
            List<ActionStep> before,
            List<ActionStep> whenNotDone,
            List<ActionStep> instead,
            List<ActionStep> after)
            implements Recipe {
        public Memory {
            before = List.copyOf(before);
            whenNotDone = List.copyOf(whenNotDone);
            instead = List.copyOf(instead);
            after = List.copyOf(after);
        }
    }
}
