package io.berth.simulator.history;

import io.berth.core.fleet.Carrier;
import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Fleets;
import io.berth.core.fleet.Move;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.run.RunOptions;
import io.berth.simulator.lifecycle.Wish;
import java.util.Optional;
import java.util.Set;

/** Requests about many VMs, and what they wish of each. */
final class FleetRequests {
    private FleetRequests() {}

    static FleetReport carryOut(Request.OfFleet request, Fleets fleets, Carrier carrier, RunOptions options) {
        var cancellation = options.cancellation();
        return switch (request) {
            case Request.SuspendAll(var datastore, var writer) ->
                fleets.suspendAll(
                        new SuspendAllRequest(
                                Optional.empty(),
                                Optional.of(datastore),
                                Optional.of(writer),
                                Optional.empty(),
                                Optional.empty()),
                        carrier,
                        cancellation);
            case Request.ResumeAll _ ->
                fleets.resumeAll(new ResumeAllRequest(Optional.empty(), options.deadHosts()), carrier, cancellation);
            case Request.Evacuate(var host, var mode, var datastore) ->
                fleets.evacuate(
                        new EvacuateRequest(host, Set.of(), mode, Optional.of(datastore), Optional.empty()),
                        carrier,
                        cancellation);
        };
    }

    static Wish wish(Move move) {
        return switch (move.way()) {
            case SUSPEND -> new Wish.Suspend(false);
            case RESUME -> new Wish.Resume(move.host());
            case MIGRATE_LIVE -> new Wish.MigrateLive(move.target().orElseThrow());
            case MIGRATE_COLD -> new Wish.Migrate(move.target().orElseThrow(), false);
        };
    }
}
