package io.berth.engine;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MoveDirectoryRequest;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.hypervisor.DefinitionChange;
import io.berth.driver.hypervisor.Phase;
import java.util.List;

/** Virtual machines: those that run, and those that are suspended. Thread-safe. */
public interface Machines {
    Found<MachineView> list();

    /**
     * The VM of that name or UUID.
     *
     * @throws io.berth.driver.Failure {@code vm.unknown}, {@code vm.ambiguous} (CALLER)
     */
    MachineDetail find(String nameOrUuid);

    /** What {@link #suspend} would do. Changes nothing. */
    Plan planSuspend(SuspendRequest request);

    /** @throws io.berth.driver.Failure when refused; nothing was touched then */
    Report suspend(SuspendRequest request, Watch watch);

    /** What {@link #stop} would do. Changes nothing. */
    Plan planStop(SuspendRequest request);

    /**
     * A suspend after which the VM needs its host no more.
     *
     * @throws io.berth.driver.Failure when refused; nothing was touched then
     */
    Report stop(SuspendRequest request, Watch watch);

    /** What {@link #start} would do. Changes nothing. */
    Plan planStart(StartRequest request);

    /**
     * Brings a stopped or suspended VM back, on the host that suits best unless one is named.
     *
     * @throws io.berth.driver.Failure when refused; nothing was touched then
     */
    Report start(StartRequest request, Watch watch);

    /** What {@link #resume} would do. Changes nothing. */
    Plan planResume(ResumeRequest request);

    /** @throws io.berth.driver.Failure when refused; nothing was touched then */
    Report resume(ResumeRequest request, Watch watch);

    /** What {@link #migrate} would do. Changes nothing. */
    Plan planMigrate(MigrateRequest request);

    /**
     * Live, or saved here and restored there. A report that it failed means that the VM goes on where it was, or, with
     * code {@code vm.stranded}, that it is suspended.
     *
     * @throws io.berth.driver.Failure when refused; nothing was touched then
     */
    Report migrate(MigrateRequest request, Watch watch);

    /** What {@link #terminate} would do. Changes nothing. */
    Plan planTerminate(TerminateRequest request);

    /**
     * Ends the VM for good: its guest, its definitions, its checkpoints. Its directories go last of all, if that is asked
     * for; else the plan in the report says where they stay. Other disks stay.
     *
     * @throws io.berth.driver.Failure when refused; nothing was touched then
     */
    Report terminate(TerminateRequest request, Watch watch);

    /** What {@link #moveDirectory} would do. Changes nothing. */
    Plan planMoveDirectory(MoveDirectoryRequest request);

    /**
     * Takes a directory of a VM that runs nowhere to another host, unless the two share it. Done already is fine.
     *
     * @throws io.berth.driver.Failure when refused; nothing was touched then
     */
    Report moveDirectory(MoveDirectoryRequest request, Watch watch);

    /** What each transformation would make of the VM's definition, in order. */
    List<DefinitionChange> explain(String nameOrUuid, Phase phase);
}
