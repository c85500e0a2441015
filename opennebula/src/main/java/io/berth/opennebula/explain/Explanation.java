package io.berth.opennebula.explain;

import io.berth.opennebula.oned.VirtualMachine;
import java.util.List;

/** All there is to say of a VM: what was seen, what follows from it, and what may be told to OpenNebula. */
public record Explanation(Facts facts, Awaited awaited, Truth truth, Verdict verdict, List<Leftover> leftovers) {
    public Explanation {
        leftovers = List.copyOf(leftovers);
    }

    static Explanation of(Facts facts, Folders folders) {
        var awaited = Awaited.by(facts.vm());
        var truth = Truth.of(facts);
        return new Explanation(
                facts, awaited, truth, Verdict.of(awaited, truth, facts), Leftover.of(facts, truth, folders));
    }

    public VirtualMachine vm() {
        return facts.vm();
    }

    /**
     * Whether a driver of OpenNebula may still be at work on what the core waits for. Only a person can tell: a request that
     * waits in a driver's queue can't be seen from outside.
     */
    public boolean mayBeUnderWay() {
        return verdict.standing() == Verdict.Standing.RECOVERABLE
                && !vm().state().hasFailed();
    }
}
