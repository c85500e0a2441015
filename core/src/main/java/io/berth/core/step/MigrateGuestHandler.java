package io.berth.core.step;

import io.berth.core.plan.CopiedDisk;
import io.berth.core.plan.Step;
import io.berth.core.run.Outputs;
import io.berth.core.run.Probe;
import io.berth.core.run.StepHandler;
import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.Departure;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.MigrationRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a guest's memory from one host to another. While this goes on there are two of it, of which only the one at the
 * source may run: the one at the target is let run by a later step, when the source's is known to be gone for good.
 *
 * <p>A copy that stands paused at the target is the guest only if the source's ended because it was handed over: when the
 * hosts lose sight of each other in that moment, the source's runs on, and the copy at the target grows old.
 */
final class MigrateGuestHandler implements StepHandler<Step.MigrateGuest> {
    /** What has become of the guest, once no migration is under way. */
    private enum Fate {
        /** It is where it was; whatever stands at the target is worth nothing. */
        STAYED,
        /** It is at the target and nowhere else. */
        ARRIVED,
        /** It is gone; whatever stands at the target is older than its disks, or somebody else's. */
        LOST
    }

    /** What a dead process had begun goes on without it: so the end of that is waited for. */
    @Override
    public Probe probe(Step.MigrateGuest step, StepRun run) {
        if (!run.isDead(step.at())) {
            run.drivers()
                    .hypervisor(step.at())
                    .awaitMigration(run.call().moving(step.expected()), step.at(), step.vm());
        }
        return switch (fate(step, run)) {
            case ARRIVED -> Probe.done();
            case STAYED, LOST -> Probe.NOT_DONE;
        };
    }

    @Override
    public Outputs perform(Step.MigrateGuest step, StepRun run) {
        if (Guests.alive(run, step.vm(), step.to()).isPresent()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.exists", "a copy of " + step.vm() + " is there already")
                    .host(step.to())
                    .next("find out who made it; of two copies only one may live")
                    .build();
        }
        Guests.requireAsPlanned(run, step.vm(), step.at(), step.ownerPaused());
        run.drivers()
                .hypervisor(step.at())
                .migrate(run.call().moving(step.expected()), step.at(), step.vm(), request(step, run));
        return Outputs.NONE;
    }

    /** The source goes on only when nothing of it is left at the target. */
    @Override
    public void undo(Step.MigrateGuest step, StepRun run) {
        if (!run.isDead(step.at())) {
            run.drivers().hypervisor(step.at()).cancelMigration(run.determinedCall(), step.at(), step.vm());
        }
        switch (fate(step, run)) {
            case STAYED -> {
                discardCopy(step, run);
                if (!step.ownerPaused()) {
                    Guests.runAgain(run, step.vm(), step.at());
                }
            }
            case LOST -> {
                discardCopy(step, run);
                run.memoryIsLost();
            }
            case ARRIVED ->
                throw Failure.of(FailureKind.CONFLICT, "migrate.arrived", step.vm() + " is at its target already")
                        .host(step.to())
                        .why("it arrived though its migration was being undone")
                        .next("nothing is lost: if it stands paused there, resume it by hand")
                        .build();
        }
        clear(step, run);
    }

    /** Last: the guest doesn't wait for it. */
    private static void clear(Step.MigrateGuest step, StepRun run) {
        for (var host : List.of(step.at(), step.to())) {
            if (!run.isDead(host)) {
                run.drivers().hypervisor(host).clearMigration(run.determinedCall(), host, request(step, run));
                return;
            }
        }
    }

    private static MigrationRequest request(Step.MigrateGuest step, StepRun run) {
        return new MigrationRequest(
                step.to(),
                step.definition(),
                copied(step, run).map(CopiedDisk::target).collect(Collectors.toSet()));
    }

    private static Stream<CopiedDisk> copied(Step.MigrateGuest step, StepRun run) {
        return step.copied().stream().filter(disk -> !Directories.isShared(run, disk.sharing()));
    }

    /** What somebody else has started there isn't this migration's to end: its user is told. */
    private static void discardCopy(Step.MigrateGuest step, StepRun run) {
        var there = Guests.alive(run, step.vm(), step.to());
        if (there.isPresent() && isForeign(step, run, there.get())) {
            return;
        }
        if (there.isPresent()) {
            run.drivers().hypervisor(step.to()).destroy(run.determinedCall(), step.to(), step.vm());
        }
        if (Guests.alive(run, step.vm(), step.to()).isPresent()) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.still-there", step.vm() + " was destroyed and is still there")
                    .host(step.to())
                    .next("end it on that host, then run 'berth recover'")
                    .build();
        }
    }

    private static boolean isForeign(Step.MigrateGuest step, StepRun run, GuestState there) {
        return switch (there) {
            case RUNNING, PAUSED -> !Guests.isMadeHere(run, step.vm(), step.to());
            case BUSY, BROKEN, ORPHANED, SHUT_OFF -> false;
        };
    }

    /**
     * That the source's is gone was seen when the step was done; so a source that is silent by now doesn't keep the
     * guest from going on. Its copied disks are durable from here: so whether it runs there or not, and whatever becomes of
     * the host, those at the target are the guest's once the point of no return is crossed.
     */
    @Override
    public void verify(Step.MigrateGuest step, StepRun run) {
        var there = Guests.alive(run, step.vm(), step.to());
        if (there.filter(state -> state == GuestState.PAUSED || state == GuestState.RUNNING)
                .isEmpty()) {
            throw Failure.of(FailureKind.HYPERVISOR, "migrate.not-there", step.vm() + " isn't at its target")
                    .host(step.to())
                    .why("it is " + there.map(Enum::name).orElse("gone"))
                    .next("see the hypervisor's log on the host")
                    .build();
        }
        if (isHeardOf(step, run)) {
            throw doubled(step);
        }
        copied(step, run).forEach(disk -> flush(step, disk, run));
    }

    /** There is no way back, the guest is there; so a flush that fails is tried again, and never taken for done. */
    private static void flush(Step.MigrateGuest step, CopiedDisk disk, StepRun run) {
        try {
            run.drivers().devices().flush(run.determinedCall(), step.to(), disk.file());
        } catch (Failure failure) {
            if (failure.is("guard.refused")) {
                throw failure;
            }
            throw Failure.of(
                            FailureKind.UNKNOWN_OUTCOME, "migrate.disk-not-durable", "a copied disk may not be durable")
                    .host(step.to())
                    .why(step.vm() + " stands paused there, and disk " + disk.target() + " couldn't be flushed: "
                            + failure.getMessage())
                    .next("look at that host's storage, then run 'berth recover'")
                    .cause(failure)
                    .build();
        }
    }

    private static boolean isHeardOf(Step.MigrateGuest step, StepRun run) {
        try {
            return Guests.alive(run, step.vm(), step.at()).isPresent();
        } catch (Failure _) {
            return false;
        }
    }

    /** To be asked when no migration is under way; the target is asked first. */
    private static Fate fate(Step.MigrateGuest step, StepRun run) {
        var there = Guests.alive(run, step.vm(), step.to());
        if (Guests.alive(run, step.vm(), step.at()).isPresent()) {
            if (there.filter(GuestState.RUNNING::equals).isPresent()) {
                throw doubled(step);
            }
            return Fate.STAYED;
        }
        return there.isEmpty() || isForeign(step, run, there.get()) ? Fate.LOST : without(step, run, there.get());
    }

    /** The source's is gone, and there is one at the target. */
    private static Fate without(Step.MigrateGuest step, StepRun run, GuestState there) {
        return switch (there) {
            case RUNNING -> Fate.ARRIVED;
            case PAUSED ->
                switch (departure(step, run)) {
                    case MIGRATED -> Fate.ARRIVED;
                    case ENDED -> Fate.LOST;
                    case UNKNOWN -> throw inDoubt(step);
                };
            case BUSY, BROKEN, ORPHANED, SHUT_OFF -> throw half(step, there);
        };
    }

    private static Departure departure(Step.MigrateGuest step, StepRun run) {
        return run.isDead(step.at())
                ? Departure.UNKNOWN
                : run.drivers().hypervisor(step.at()).departure(step.at(), step.vm());
    }

    private static Failure inDoubt(Step.MigrateGuest step) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "migrate.in-doubt", "the paused copy may be out of date")
                .host(step.to())
                .why(step.vm() + " is gone from " + step.at() + ", and nothing tells whether it ran there to the last"
                        + " after its memory was copied")
                .next("if " + step.at() + " lost power while both hosts saw each other, resume the copy by hand; if it"
                        + " was cut off first, destroy the copy and start the VM anew; then run 'berth recover'")
                .build();
    }

    private static Failure half(Step.MigrateGuest step, GuestState there) {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "migrate.half-there", "a copy without a source stands there")
                .host(step.to())
                .why("it is " + there + ", and " + step.vm() + " is gone from " + step.at())
                .next("the hypervisor gives an unfinished copy up within a minute: run 'berth recover' then")
                .build();
    }

    private static Failure doubled(Step.MigrateGuest step) {
        return Failure.of(FailureKind.CONFLICT, "vm.doubled", step.vm() + " is alive on two hosts")
                .why("it is on " + step.at() + " and, let run by somebody, on " + step.to())
                .next("find out which is the right one and destroy the other, before its disks are damaged")
                .build();
    }
}
