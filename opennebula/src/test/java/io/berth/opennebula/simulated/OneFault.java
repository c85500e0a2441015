package io.berth.opennebula.simulated;

import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.InjectedFailures;
import io.berth.simulator.boundary.Injector;

/** Strikes one call of an engine. */
public record OneFault(int position, Kind kind) implements Injector {
    /** What becomes of the call. */
    public enum Kind {
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

        /** Never returns. */
        public <T> T strike(Crossing<T> crossing) {
            if (isDone) {
                var _ = crossing.effect().get();
            }
            switch (this) {
                case KILLED_BEFORE, KILLED_AFTER -> throw crossing.engine().die();
                case FAILED, DONE_AND_FAILED -> throw InjectedFailures.failed(crossing.site());
                case LOST, UNHEARD -> throw InjectedFailures.unheard(crossing.site());
            }
            throw new AssertionError(this);
        }
    }

    @Override
    public <T> T carry(Crossing<T> crossing) {
        return crossing.position() == position
                ? kind.strike(crossing)
                : crossing.effect().get();
    }
}
