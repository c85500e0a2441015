package io.berth.opennebula.simulated;

import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;

/** Strikes one call of an engine. */
record OneFault(int position, Kind kind) implements Injector {
    enum Kind {
        KILLED_BEFORE(false),
        KILLED_AFTER(true),
        FAILED(false),
        DONE_AND_FAILED(true),
        /** No answer. */
        LOST(false),
        UNHEARD(true);

        private final boolean isDone;

        Kind(boolean isDone) {
            this.isDone = isDone;
        }
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        if (crossing.position() != position) {
            return crossing.effect().get();
        }
        if (kind.isDone) {
            var _ = crossing.effect().get();
        }
        switch (kind) {
            case KILLED_BEFORE, KILLED_AFTER -> throw crossing.engine().die();
            case FAILED, DONE_AND_FAILED -> throw InjectedFailures.failed(crossing.site());
            case LOST, UNHEARD -> throw InjectedFailures.unheard(crossing.site());
        }
        throw new AssertionError(kind);
    }
}
