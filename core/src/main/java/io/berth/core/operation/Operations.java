package io.berth.core.operation;

import io.berth.core.plan.Plan;
import io.berth.core.run.RunOptions;
import io.berth.core.run.RunResult;
import io.berth.driver.Failure;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import java.util.List;
import java.util.SortedSet;

/**
 * What users ask for. Each operation comes in two forms: {@code plan...} only looks and answers what would be done, and
 * the operation itself. All throw {@link io.berth.driver.Failure} when refused, and then nothing was touched; once begun
 * they answer a {@link RunResult}. Thread-safe.
 */
public final class Operations {
    private static final long NO_LEASE = 1;

    private final Wiring wiring;
    private final Conductor conductor;
    private final Surveyor surveyor;
    private final TargetSurveyor targets;
    private final DirectorySurveyor directories;
    private final GuestFinder guests;
    private final CheckpointFinder checkpoints;

    public Operations(Wiring wiring) {
        this.wiring = wiring;
        this.conductor = new Conductor(wiring);
        this.surveyor = new Surveyor(wiring);
        this.targets = new TargetSurveyor(wiring);
        this.directories = new DirectorySurveyor(wiring);
        this.guests = new GuestFinder(wiring.drivers(), wiring.fanout());
        this.checkpoints = new CheckpointFinder(wiring.drivers(), wiring.fanout());
    }

    public Plan planSuspend(SuspendRequest request) {
        var view = surveyor.resolveGuest(request);
        return wiring.planners().suspend(surveyor.suspend(request, view.host(), unleased(view.vm())));
    }

    public RunResult suspend(SuspendRequest request, RunOptions options) {
        var view = surveyor.resolveGuest(request);
        return conductor.conduct(
                view.vm(),
                lease -> wiring.planners().suspend(surveyor.suspend(request, view.host(), lease.token())),
                options);
    }

    public Plan planStop(SuspendRequest request) {
        var view = surveyor.resolveGuest(request);
        return wiring.planners().stop(surveyor.stop(request, view.host(), unleased(view.vm())));
    }

    /** A suspend of a VM that gives its host up: it can be started on any that sees its checkpoint. */
    public RunResult stop(SuspendRequest request, RunOptions options) {
        var view = surveyor.resolveGuest(request);
        return conductor.conduct(
                view.vm(),
                lease -> wiring.planners().stop(surveyor.stop(request, view.host(), lease.token())),
                options);
    }

    public Plan planResume(ResumeRequest request) {
        var entry = checkpoints.resolve(request.vm());
        return wiring.planners().resume(targets.resume(request, entry, unleased(CheckpointFinder.vmOf(entry))));
    }

    public RunResult resume(ResumeRequest request, RunOptions options) {
        var entry = checkpoints.resolve(request.vm());
        return conductor.conduct(
                CheckpointFinder.vmOf(entry),
                lease -> wiring.planners().resume(targets.resume(request, entry, lease.token())),
                options);
    }

    public Plan planStart(StartRequest request) {
        var entry = checkpoints.resolve(request.vm());
        return wiring.planners().start(targets.start(request, entry, unleased(CheckpointFinder.vmOf(entry))));
    }

    /** Makes a guest of a stopped or suspended VM's checkpoint, on a host that suits. */
    public RunResult start(StartRequest request, RunOptions options) {
        var entry = checkpoints.resolve(request.vm());
        return conductor.conduct(
                CheckpointFinder.vmOf(entry),
                lease -> wiring.planners().start(targets.start(request, entry, lease.token())),
                options);
    }

    public Plan planMigrate(MigrateRequest request) {
        var view = surveyor.resolveGuest(request.save());
        return planMigration(request, view.host(), unleased(view.vm()));
    }

    /** One operation, live or through a checkpoint; a VM that can't go on there goes on here. */
    public RunResult migrate(MigrateRequest request, RunOptions options) {
        var view = surveyor.resolveGuest(request.save());
        return conductor.conduct(view.vm(), lease -> planMigration(request, view.host(), lease.token()), options);
    }

    private Plan planMigration(MigrateRequest request, HostRef source, FencingToken token) {
        return switch (request.mode()) {
            case LIVE -> wiring.planners().migrateLive(surveyor.migrateLive(request, source, token));
            case COLD -> wiring.planners().migrate(surveyor.migrate(request, source, token));
            case BEST -> planBestMigration(request, source, token);
        };
    }

    private Plan planBestMigration(MigrateRequest request, HostRef source, FencingToken token) {
        try {
            return wiring.planners().migrateLive(surveyor.migrateLive(request, source, token));
        } catch (Failure whyNotLive) {
            try {
                return wiring.planners().migrate(surveyor.migrate(request, source, token));
            } catch (Failure whyNotCold) {
                whyNotLive.noteBeside(whyNotCold);
                throw whyNotLive;
            }
        }
    }

    public Plan planTerminate(TerminateRequest request) {
        var vm = surveyor.resolveAnywhere(request.vm());
        return wiring.planners().terminate(surveyor.terminate(request, unleased(vm)));
    }

    /** Ends the VM for good: guest, definitions, checkpoints. Its disks stay, but for those in directories that are to go. */
    public RunResult terminate(TerminateRequest request, RunOptions options) {
        var vm = surveyor.resolveAnywhere(request.vm());
        return conductor.conduct(
                vm,
                lease -> wiring.planners().terminate(surveyor.terminate(request, lease.token())),
                options.withDead(request.deadHosts()));
    }

    public Plan planMoveDirectory(MoveDirectoryRequest request) {
        return wiring.planners().moveDirectory(directories.move(request, unleased(request.vm())));
    }

    /** Takes a directory of a VM that runs nowhere to another host, unless the two share it. Done already is fine. */
    public RunResult moveDirectory(MoveDirectoryRequest request, RunOptions options) {
        return conductor.conduct(
                request.vm(),
                lease -> wiring.planners().moveDirectory(directories.move(request, lease.token())),
                options);
    }

    public Plan planVerify(String checkpoint, HostRef at, boolean whole) {
        var entry = checkpoints.resolve(checkpoint);
        var token = unleased(CheckpointFinder.vmOf(entry));
        return wiring.planners().verify(surveyor.checkpoint(entry, token, at, whole, false));
    }

    /** Reads the checkpoint back on a host and compares; {@code whole}: all of it. */
    public RunResult verify(String checkpoint, HostRef at, boolean whole, RunOptions options) {
        var entry = checkpoints.resolve(checkpoint);
        return conductor.conduct(
                CheckpointFinder.vmOf(entry),
                lease -> wiring.planners().verify(surveyor.checkpoint(entry, lease.token(), at, whole, false)),
                options);
    }

    public Plan planDelete(String checkpoint, boolean givesUpMemory) {
        var entry = checkpoints.resolve(checkpoint);
        var token = unleased(CheckpointFinder.vmOf(entry));
        return wiring.planners().delete(surveyor.checkpoint(entry, token, anyHost(), false, givesUpMemory));
    }

    /** @param givesUpMemory delete it even if it is all that is left of the VM's memory */
    public RunResult delete(String checkpoint, boolean givesUpMemory, RunOptions options) {
        var entry = checkpoints.resolve(checkpoint);
        return conductor.conduct(
                CheckpointFinder.vmOf(entry),
                lease -> wiring.planners()
                        .delete(surveyor.checkpoint(entry, lease.token(), anyHost(), false, givesUpMemory)),
                options);
    }

    public Plan planAdopt(AdoptRequest request) {
        return wiring.planners().adopt(surveyor.adopt(request, unleased(request.vm())));
    }

    /** Makes a checkpoint of a volume in which something else has saved a guest. */
    public RunResult adopt(AdoptRequest request, RunOptions options) {
        return conductor.conduct(
                request.vm(),
                lease -> wiring.planners().adopt(surveyor.adopt(request, lease.token())),
                options.withDead(request.deadHosts()));
    }

    public Plan planRehearsal(RehearseRequest request) {
        return wiring.planners().rehearse(surveyor.rehearse(request, unleased(request.stranger())));
    }

    /** Lives a checkpoint's whole life on a datastore, with a sample in memory's place, and leaves nothing of it. */
    public RunResult rehearse(RehearseRequest request, RunOptions options) {
        return conductor.conduct(
                request.stranger(),
                lease -> wiring.planners().rehearse(surveyor.rehearse(request, lease.token())),
                options);
    }

    /** Finishes or undoes every open operation whose owner is gone. */
    public List<Recovered> recover(RunOptions options) {
        return new Recovery(wiring, conductor).all(options);
    }

    /** Writes operations back into a journal that was lost; recovery does the rest. Answers what was put back. */
    public List<String> rebuild() {
        return new Rebuild(wiring).run();
    }

    /** What nobody owns; {@code delete}: removes what is safe to remove. */
    public Sweep collectGarbage(boolean delete) {
        return new GarbageCollector(wiring).collect(delete);
    }

    /** Every guest on every host that answers. */
    public Sighting guests() {
        var seen = guests.all(wiring.drivers().hosts());
        return new Sighting(seen.views(), seen.silent());
    }

    /** Every checkpoint on every datastore. */
    public List<Entry> checkpoints() {
        return checkpoints.all();
    }

    /** The checkpoint of that name, or the unused one of that VM. */
    public Entry checkpoint(String nameOrVm) {
        return checkpoints.resolve(nameOrVm);
    }

    /** The guest of that name or UUID. */
    public GuestView guest(String nameOrUuid) {
        return guests.resolve(nameOrUuid, wiring.drivers().hosts());
    }

    /** Options as the wiring has them, for the caller to add to. */
    public RunOptions options() {
        return conductor.options();
    }

    private HostRef anyHost() {
        return wiring.drivers().hosts().first();
    }

    private FencingToken unleased(VmRef vm) {
        return new FencingToken(vm, NO_LEASE, new OperationId("dryrun000000000000"));
    }

    /** Guests, and the hosts that couldn't be asked. */
    public record Sighting(List<GuestView> views, SortedSet<HostRef> silent) {}
}
