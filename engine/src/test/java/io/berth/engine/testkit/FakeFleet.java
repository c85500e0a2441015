package io.berth.engine.testkit;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.engine.Fleet;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A fake fleet: answers what a test put in. */
public final class FakeFleet implements Fleet {
    public final List<Object> asked = new CopyOnWriteArrayList<>();
    public FleetPlan plan =
            new FleetPlan("suspend-all", List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    /** What comes of it. */
    public Function<Watch, FleetReport> outcome =
            watch -> new FleetReport("suspend-all", List.of(), List.of(), List.of(), Duration.ofSeconds(34));

    @Override
    public FleetPlan planSuspendAll(SuspendAllRequest request) {
        return plan;
    }

    @Override
    public FleetReport suspendAll(SuspendAllRequest request, Watch watch) {
        return run(request, watch);
    }

    @Override
    public FleetPlan planResumeAll(ResumeAllRequest request) {
        return plan;
    }

    @Override
    public FleetReport resumeAll(ResumeAllRequest request, Watch watch) {
        return run(request, watch);
    }

    @Override
    public FleetPlan planEvacuate(EvacuateRequest request) {
        return plan;
    }

    @Override
    public FleetReport evacuate(EvacuateRequest request, Watch watch) {
        return run(request, watch);
    }

    private FleetReport run(Object request, Watch watch) {
        asked.add(request);
        return outcome.apply(watch);
    }
}
