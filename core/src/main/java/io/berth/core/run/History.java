package io.berth.core.run;

import io.berth.core.journal.StepEvent;
import io.berth.core.journal.StepEvent.Phase;
import io.berth.core.plan.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the journal says of an operation's steps. Immutable once made. */
final class History {
    private final Map<String, Phase> forward = new HashMap<>();
    private final Map<String, Outputs> outputs = new HashMap<>();
    private final Set<String> undone = new HashSet<>();
    private final Set<String> undoing = new HashSet<>();
    private final boolean memoryLost;

    History(List<StepEvent> events) {
        memoryLost = events.stream().anyMatch(event -> new Outputs(event.outputs()).tellMemoryLost());
        for (var event : events) {
            switch (event.direction()) {
                case FORWARD -> {
                    forward.put(event.step(), event.phase());
                    if (event.phase() == Phase.DONE) {
                        outputs.put(event.step(), new Outputs(event.outputs()));
                    }
                }
                case UNDO -> {
                    undoing.add(event.step());
                    if (event.phase() == Phase.DONE) {
                        undone.add(event.step());
                    }
                }
            }
        }
    }

    /** Whether a step had found the guest's memory gone. */
    boolean tellsMemoryLost() {
        return memoryLost;
    }

    /** Whether the leg had decided to go back. */
    boolean isUndoing(Plan leg) {
        return leg.steps().stream().anyMatch(step -> undoing.contains(step.name()));
    }

    /** Whether anything of the leg, or of what follows it, was begun. */
    boolean hasEntered(Plan leg) {
        return leg.all().anyMatch(step -> wasBegun(step.name()));
    }

    boolean isDone(String step) {
        return forward.get(step) == Phase.DONE;
    }

    boolean wasBegun(String step) {
        return forward.containsKey(step);
    }

    boolean isUndone(String step) {
        return undone.contains(step);
    }

    Optional<Outputs> outputs(String step) {
        return Optional.ofNullable(outputs.get(step));
    }

    /** Whether a step after the point of no return was begun. */
    boolean hasCrossed(Plan plan) {
        return plan.steps().stream().skip(plan.pointOfNoReturn()).anyMatch(step -> wasBegun(step.name()));
    }

    /** Index of the first step that isn't known to be done. */
    int firstOpen(Plan plan) {
        var index = 0;
        while (index < plan.steps().size() && isDone(plan.steps().get(index).name())) {
            index++;
        }
        return index;
    }
}
