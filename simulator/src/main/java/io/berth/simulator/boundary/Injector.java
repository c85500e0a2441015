package io.berth.simulator.boundary;

/** Decides what becomes of a call. */
@FunctionalInterface
public interface Injector {
    /** Carries the call out, or not, and answers or throws as its caller will see it. */
    <T> T carry(Crossing<T> crossing);

    /** Everything works. */
    static Injector none() {
        return new Injector() {
            @Override
            public <T> T carry(Crossing<T> crossing) {
                return crossing.effect().get();
            }
        };
    }
}
