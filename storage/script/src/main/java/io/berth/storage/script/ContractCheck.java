package io.berth.storage.script;

import java.util.Optional;
import java.util.function.Function;

/**
 * One promise of the contract, as something to be tried. Run by {@link ScriptTrial}, in tests and for authors alike.
 *
 * @param promise a sentence; stable, so that two runs can be compared
 * @param unfit why it can't be tried here; empty when it can
 * @param attempt throws a {@link io.berth.driver.Failure} when the promise isn't kept
 */
record ContractCheck(String promise, Function<TrialGround, Optional<String>> unfit, Attempt attempt) {
    /** Tries it. */
    @FunctionalInterface
    interface Attempt {
        void on(TrialGround ground);
    }

    static ContractCheck of(String promise, Attempt attempt) {
        return new ContractCheck(promise, ground -> Optional.empty(), attempt);
    }

    /** Only where there are two hosts. */
    static ContractCheck ofTwoHosts(String promise, Attempt attempt) {
        return new ContractCheck(
                promise,
                ground -> ground.hosts().size() > 1 ? Optional.empty() : Optional.of("the datastore has one host"),
                attempt);
    }

    /** Only where the datastore is said to be able to do that. */
    static ContractCheck ofSkill(String word, Function<TrialGround, Boolean> can, String promise, Attempt attempt) {
        return new ContractCheck(
                promise,
                ground -> can.apply(ground) ? Optional.empty() : Optional.of("'can' doesn't name " + word),
                attempt);
    }
}
