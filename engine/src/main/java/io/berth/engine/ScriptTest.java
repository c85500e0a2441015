package io.berth.engine;

import io.berth.driver.Failure;
import java.util.List;
import java.util.Optional;

/** What came of trying a datastore's scripts. */
public record ScriptTest(String datastore, List<Promise> promises) {
    public ScriptTest {
        promises = List.copyOf(promises);
    }

    /** Whether each promise that could be tried is kept. */
    public boolean isGood() {
        return promises.stream().allMatch(promise -> promise.broken().isEmpty());
    }

    /**
     * One promise of the contract.
     *
     * @param text a sentence, always the same
     * @param broken what is wrong and how to mend it; empty when it is kept or couldn't be tried
     * @param untried why it couldn't be tried; empty when it was
     */
    public record Promise(String text, Optional<Failure> broken, Optional<String> untried) {}
}
