package io.berth.core.operation;

import io.berth.driver.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A round of the garbage collector while it is under way. Used by one thread. */
final class Sweeping {
    private final List<Leftover> leftovers = new ArrayList<>();
    private final Map<String, Failure> silent = new LinkedHashMap<>();

    void add(Leftover leftover) {
        leftovers.add(leftover);
    }

    /** Somebody gave no answer, who is told of once however often he was asked. */
    void addSilent(Failure failure) {
        silent.putIfAbsent(failure.getMessage(), failure);
    }

    /** The answer; empty when there was none. */
    <T> Optional<T> ask(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (Failure failure) {
            addSilent(failure);
            return Optional.empty();
        }
    }

    Sweep ended() {
        return new Sweep(leftovers, List.copyOf(silent.values()));
    }
}
