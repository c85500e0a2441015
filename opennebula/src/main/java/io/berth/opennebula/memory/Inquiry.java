package io.berth.opennebula.memory;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks the same again and again until it is known, which may be for ever: the core waits for an answer without a limit,
 * and would take a guess for the truth. For one thread.
 */
public final class Inquiry<T> {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));
    /** So that somebody who waits sees that it goes on: about every ten minutes. */
    private static final int TELL_AGAIN = 20;

    private final Waiting waiting;
    private final Function<Failure, T> givenUp;
    private String told = "";
    private int asked;

    /** @param givenUp what is answered to a core that doesn't want to know any more */
    public Inquiry(Waiting waiting, Function<Failure, T> givenUp) {
        this.waiting = waiting;
        this.givenUp = givenUp;
    }

    /** What is known by now. */
    public sealed interface Answer<T> {
        record Known<T>(T answer) implements Answer<T> {}

        record Unknown<T>(Failure why) implements Answer<T> {}
    }

    /** Returns when it is known, or the core doesn't want to know any more. */
    public T until(Supplier<Answer<T>> question) {
        while (true) {
            switch (question.get()) {
                case Answer.Known<T>(var answer) -> {
                    return answer;
                }
                case Answer.Unknown<T>(var why) -> {
                    tell(why);
                    if (!waiting.rest(PAUSES.get(Math.min(asked++, PAUSES.size() - 1)))) {
                        return givenUp.apply(takenBack());
                    }
                }
            }
        }
    }

    private void tell(Failure why) {
        var text = why.getMessage() + (why.next().isEmpty() ? "" : " -> " + why.next());
        if (!text.equals(told) || asked % TELL_AGAIN == 0) {
            waiting.tell("No answer until it is known where the VM is: " + text);
            told = text;
        }
    }

    private static Failure takenBack() {
        return Failure.of(FailureKind.CANCELLED, "mad.taken-back", "the core took the request back")
                .next("'onevm recover' tells the core how to go on")
                .build();
    }
}
