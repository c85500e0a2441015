package io.berth.simulator.mutation;

import io.berth.core.Drivers;
import io.berth.core.journal.Journal;
import io.berth.core.operation.Planners;
import io.berth.core.operation.Wiring;
import io.berth.core.run.Handlers;

/** Replaces one part of an engine's wiring. */
final class Rewiring {
    private Rewiring() {}

    static Wiring planners(Wiring wiring, Planners planners) {
        return with(wiring, wiring.drivers(), wiring.journal(), wiring.handlers(), planners);
    }

    static Wiring handlers(Wiring wiring, Handlers handlers) {
        return with(wiring, wiring.drivers(), wiring.journal(), handlers, wiring.planners());
    }

    static Wiring drivers(Wiring wiring, Drivers drivers) {
        return with(wiring, drivers, wiring.journal(), wiring.handlers(), wiring.planners());
    }

    static Wiring journal(Wiring wiring, Journal journal) {
        return with(wiring, wiring.drivers(), journal, wiring.handlers(), wiring.planners());
    }

    private static Wiring with(Wiring wiring, Drivers drivers, Journal journal, Handlers handlers, Planners planners) {
        return new Wiring(
                drivers,
                journal,
                wiring.owner(),
                wiring.settings(),
                handlers,
                planners,
                wiring.ids(),
                wiring.fanout(),
                wiring.heartbeat(),
                wiring.pause(),
                wiring.retryPauses(),
                wiring.clock());
    }
}
