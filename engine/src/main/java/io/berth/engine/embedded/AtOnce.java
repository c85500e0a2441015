package io.berth.engine.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks many things the same: one that doesn't answer costs its timeout once, not once for each. */
final class AtOnce {
    private AtOnce() {}

    /** The answers in the order of the things; a question may not throw. */
    static <T, R> List<R> each(Collection<T> things, Function<T, R> question) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = things.stream()
                    .map(thing -> threads.submit(() -> question.apply(thing)))
                    .toList();
            var answers = new ArrayList<R>();
            for (var answer : asked) {
                answers.add(get(answer));
            }
            return List.copyOf(answers);
        }
    }

    private static <R> R get(Future<R> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while several were asked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question failed", e.getCause());
        }
    }
}
