package io.berth.engine.embedded;

import io.berth.core.fleet.Carrier;
import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.Fleets;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.engine.Fleet;
import io.berth.engine.Watch;

final class EmbeddedFleet implements Fleet {
    private final Fleets fleets;
    private final Runs runs;
    private final EmbeddedMachines machines;

    EmbeddedFleet(Fleets fleets, Runs runs, EmbeddedMachines machines) {
        this.fleets = fleets;
        this.runs = runs;
        this.machines = machines;
    }

    @Override
    public FleetPlan planSuspendAll(SuspendAllRequest request) {
        begin();
        return fleets.planSuspendAll(request);
    }

    @Override
    public FleetReport suspendAll(SuspendAllRequest request, Watch watch) {
        begin();
        return fleets.suspendAll(request, carrier(watch), watch.cancellation());
    }

    @Override
    public FleetPlan planResumeAll(ResumeAllRequest request) {
        begin();
        return fleets.planResumeAll(request);
    }

    @Override
    public FleetReport resumeAll(ResumeAllRequest request, Watch watch) {
        begin();
        return fleets.resumeAll(request, carrier(watch), watch.cancellation());
    }

    @Override
    public FleetPlan planEvacuate(EvacuateRequest request) {
        begin(request);
        return fleets.planEvacuate(request);
    }

    @Override
    public FleetReport evacuate(EvacuateRequest request, Watch watch) {
        begin(request);
        return fleets.evacuate(request, carrier(watch), watch.cancellation());
    }

    private void begin(EvacuateRequest request) {
        machines.requireDatastoreFor(request.mode());
        machines.connect();
    }

    private void begin() {
        machines.requireDatastore();
        machines.connect();
    }

    private Carrier carrier(Watch watch) {
        return (move, operation) -> runs.run(watch, operation).result();
    }
}
