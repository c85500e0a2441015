package io.berth.core.operation;

import io.berth.driver.HostRef;
import io.berth.driver.host.Questions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** How several things are asked: many hosts the same, or one thing and another. */
@FunctionalInterface
public interface Fanout {
    /** Begins questions that don't need each other's answers. */
    Questions begin();

    /** The answers by host, in the order of the hosts; a question may not throw. */
    default <T> Map<HostRef, T> ask(Collection<HostRef> hosts, Function<HostRef, T> question) {
        try (var questions = begin()) {
            var asked = new LinkedHashMap<HostRef, Supplier<T>>();
            hosts.forEach(host -> asked.put(host, questions.ask(() -> question.apply(host))));
            var answers = new LinkedHashMap<HostRef, T>();
            asked.forEach((host, answer) -> answers.put(host, answer.get()));
            return answers;
        }
    }

    /** One after the other. */
    static Fanout inTurn() {
        return Questions::inTurn;
    }

    /** All at once: a host that doesn't answer costs its timeout once, not once for each. */
    static Fanout atOnce() {
        return Questions::atOnce;
    }
}
