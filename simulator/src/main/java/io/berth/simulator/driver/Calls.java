package io.berth.simulator.driver;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Site;
import io.berth.simulator.boundary.Site.Kind;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.World;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How one engine's calls get to hosts and storage: through the boundary, and, if they change anything, the guard. */
final class Calls {
    private final Boundary boundary;
    private final EngineProcess engine;

    Calls(Boundary boundary, EngineProcess engine) {
        this.boundary = boundary;
        this.engine = engine;
    }

    World world() {
        return boundary.world();
    }

    <T> T look(HostRef at, String what, Function<SimulatedHost, T> answer) {
        return boundary.cross(engine, new Site(Kind.LOOK, what, Optional.of(at)), () -> {
            var host = world().host(at);
            host.requireReachable();
            return answer.apply(host);
        });
    }

    <T> T change(HostRef at, String what, FencingToken token, Function<SimulatedHost, T> effect) {
        var host = world().host(at);
        return send(host, new Site(Kind.CHANGE, what, Optional.of(at)), token, () -> effect.apply(host));
    }

    private <T> T send(SimulatedHost host, Site site, FencingToken token, Supplier<T> effect) {
        var starts = host.starts();
        return boundary.cross(engine, site, () -> {
            host.requireReachable();
            if (host.starts() != starts) {
                throw Failure.of(FailureKind.ENVIRONMENT, "host.unreachable", "the host was restarted meanwhile")
                        .host(host.ref())
                        .next("try again")
                        .build();
            }
            host.pass(token);
            return effect.get();
        });
    }

    void middle(HostRef at, String what) {
        boundary.cross(engine, new Site(Kind.MIDDLE, what, Optional.of(at)), () -> {});
    }

    <T> T lookAtStorage(String what, Supplier<T> answer) {
        return boundary.cross(engine, new Site(Kind.LOOK, what, Optional.empty()), () -> {
            nearest();
            return answer.get();
        });
    }

    /** Commands for the storage are carried out by the first host that can be reached, behind its guard. */
    <T> T changeStorage(String what, FencingToken token, Supplier<T> effect) {
        engine.requireAlive();
        return send(nearest(), new Site(Kind.CHANGE, what, Optional.empty()), token, effect);
    }

    private SimulatedHost nearest() {
        return world().hosts().stream()
                .filter(SimulatedHost::isReachable)
                .findFirst()
                .orElseThrow(() -> Failure.of(
                                FailureKind.ENVIRONMENT, "host.unreachable", "no host of the datastore answers")
                        .next("see whether one is up, then try again")
                        .build());
    }
}
