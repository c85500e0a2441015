package io.berth.engine;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetPlan;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.fleet.SuspendAllRequest;

/**
 * Many VMs at once, within the site's limits for each host and each datastore. Each VM's part is an operation of its own;
 * one that fails doesn't hold the others up and is no exception but part of the report. A cancellation ends those under
 * way in a valid state; those that wait are never begun. Thread-safe.
 */
public interface Fleet {
    /** What {@link #suspendAll} would do, what there is no time for, and how long it may take. Changes nothing. */
    FleetPlan planSuspendAll(SuspendAllRequest request);

    /**
     * Suspends all VMs, or, where time is short, those that make the best of it.
     *
     * @throws io.berth.driver.Failure when it can't be begun; nothing was touched then
     */
    FleetReport suspendAll(SuspendAllRequest request, Watch watch);

    /** What {@link #resumeAll} would do. Changes nothing. */
    FleetPlan planResumeAll(ResumeAllRequest request);

    /**
     * Resumes all VMs that are suspended, each where it was.
     *
     * @throws io.berth.driver.Failure when it can't be begun; nothing was touched then
     */
    FleetReport resumeAll(ResumeAllRequest request, Watch watch);

    /** What {@link #evacuate} would do: who goes where, live or not, and who can't and why. Changes nothing. */
    FleetPlan planEvacuate(EvacuateRequest request);

    /**
     * Brings all VMs away from a host.
     *
     * @throws io.berth.driver.Failure when it can't be begun; nothing was touched then
     */
    FleetReport evacuate(EvacuateRequest request, Watch watch);
}
