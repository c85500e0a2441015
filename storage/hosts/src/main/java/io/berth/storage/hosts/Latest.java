package io.berth.storage.hosts;

import java.util.Optional;

/** The listener of the attempt that was answered: each attempt on another host has its own. Not thread-safe. */
public final class Latest<T> {
    private Optional<T> listener = Optional.empty();

    public T set(T next) {
        listener = Optional.of(next);
        return next;
    }

    public T get() {
        return listener.orElseThrow();
    }
}
