package io.berth.simulator.driver;

import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostGuard;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedHost;
import java.util.UUID;

/** The guard on each simulated host. */
final class SimulatedGuard implements HostGuard {
    private final Calls calls;

    SimulatedGuard(Calls calls) {
        this.calls = calls;
    }

    @Override
    public State raise(HostRef host, FencingToken token) {
        return calls.change(
                host, "guard.raise", token, there -> state(there, token.vm().uuid()));
    }

    /** Ends a writer of ours; what the daemon does goes on. */
    @Override
    public void evict(HostRef host, FencingToken token) {
        calls.change(
                host,
                "guard.evict",
                token,
                there -> there.jobs()
                        .removeIf(job -> job.vm().equals(token.vm())
                                && job.kind() == Job.Kind.STREAM
                                && !job.operation().equals(token.operation())));
    }

    @Override
    public State read(HostRef host, UUID vm) {
        return calls.look(host, "guard.read", there -> state(there, vm));
    }

    private static State state(SimulatedHost host, UUID vm) {
        var running = host.job(vm).filter(job -> job.kind() == Job.Kind.STREAM).map(Job::operation);
        return new State(host.epoch(vm), running);
    }
}
