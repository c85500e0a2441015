package io.berth.core.journal;

import java.util.Map;

/**
 * Something that was about to happen to a step, or has happened.
 *
 * @param step its name in the plan
 * @param outputs run-time facts a step declares, as text by name; only with {@link Phase#DONE}
 * @param detail a failure's text; empty otherwise
 */
public record StepEvent(String step, Direction direction, Phase phase, Map<String, String> outputs, String detail) {
    public StepEvent {
        outputs = Map.copyOf(outputs);
    }

    public static StepEvent intent(String step, Direction direction) {
        return new StepEvent(step, direction, Phase.INTENT, Map.of(), "");
    }

    public static StepEvent done(String step, Direction direction, Map<String, String> outputs) {
        return new StepEvent(step, direction, Phase.DONE, outputs, "");
    }

    public static StepEvent notDone(String step, Direction direction, String detail) {
        return new StepEvent(step, direction, Phase.NOT_DONE, Map.of(), detail);
    }

    public static StepEvent unknown(String step, Direction direction, String detail) {
        return new StepEvent(step, direction, Phase.UNKNOWN, Map.of(), detail);
    }

    /** Which way the step is taken. */
    public enum Direction {
        FORWARD,
        UNDO
    }

    /** How far it is known to have come. */
    public enum Phase {
        INTENT,
        DONE,
        NOT_DONE,
        UNKNOWN
    }
}
