package io.berth.driver;

/** Hears how far a long call has come. Called from any thread, cheap, never throws. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, expected) -> {};

    /**
     * @param done bytes moved so far
     * @param expected bytes expected in all: a bound, not a promise; zero when unknown
     */
    void moved(DataSize done, DataSize expected);
}
