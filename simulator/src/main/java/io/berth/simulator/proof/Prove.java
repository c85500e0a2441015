package io.berth.simulator.proof;

import io.berth.simulator.fault.Variation;
import io.berth.simulator.history.Histories;
import java.util.List;

/** {@code bin/prove}: exit code 0 when the promise holds, 1 when it is broken, 2 for wrong usage. */
public final class Prove {
    private static final int STORIES = 3;

    private Prove() {}

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (IllegalArgumentException _) {
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.history().isPresent()) {
            System.out.print(Histories.tale(options.history().get(), Variation.NONE));
            return;
        }
        var proof = Proof.of(options.seed(), options.time(), System.err::println);
        proof.stories().limit(STORIES).forEach(System.out::println);
        System.out.print(Page.of(proof));
        System.exit(proof.holds() ? 0 : 1);
    }
}
