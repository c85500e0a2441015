package io.berth.storage.records;

import io.berth.driver.Failure;
import io.berth.driver.OperationId;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.Transition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is kept with a transition. That there is anything is the transition; this says whose it is. */
public final class TransitionText {
    /** Stands for the owner of a transition that stands but can't be read: equal to no operation Berth makes. */
    public static final OperationId UNREADABLE = new OperationId("unreadable");

    private static final Pattern FORM = Pattern.compile("operation=([^\n]*)\ntime=([^\n]*)\n");

    private TransitionText() {}

    public static String encode(Transition transition) {
        return "operation=" + transition.by() + "\ntime=" + transition.at() + "\n";
    }

    /**
     * @param content empty when it can't be read. Then the transition stands all the same, by nobody known: to drop a
     *     COMPLETE because of one flipped bit would be to drop the VM
     */
    public static Transition decode(int generation, CheckpointState state, Optional<String> content) {
        return content.flatMap(text -> parse(generation, state, text))
                .orElseGet(() -> new Transition(generation, state, UNREADABLE, Instant.EPOCH));
    }

    private static Optional<Transition> parse(int generation, CheckpointState state, String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Transition(
                    generation, state, new OperationId(matcher.group(1)), Instant.parse(matcher.group(2))));
        } catch (Failure | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
