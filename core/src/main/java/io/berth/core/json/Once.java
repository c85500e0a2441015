package io.berth.core.json;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes something when it is first asked for. Thread-safe; two threads may both make it, which must do no harm. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        var found = made;
        if (found == null) {
            found = maker.get();
            made = found;
        }
        return found;
    }
}
