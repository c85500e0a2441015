package io.berth.core.step;

import io.berth.core.run.StepRun;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.GuestView;
import java.util.Optional;

/** What several handlers ask of a guest. */
final class Guests {
    private Guests() {}

    static Optional<GuestView> find(StepRun run, VmRef vm, HostRef host) {
        return run.drivers().hypervisor(host).find(host, vm.uuid());
    }

    /** Empty when no copy with memory is there. A dead host has none. */
    static Optional<GuestState> alive(StepRun run, VmRef vm, HostRef host) {
        if (run.isDead(host)) {
            return Optional.empty();
        }
        return find(run, vm, host).map(GuestView::state).filter(GuestState::isAlive);
    }

    /**
     * Whether this operation made what is alive there. A guest of the same name may be one that somebody has started from
     * its disks: it must neither use up a checkpoint nor be taken for the one that was to arrive.
     */
    static boolean isMadeHere(StepRun run, VmRef vm, HostRef host) {
        return run.drivers().hypervisor(host).isMadeBy(host, vm, run.operation());
    }

    static void requirePaused(StepRun run, VmRef vm, HostRef host) {
        var state = alive(run, vm, host);
        if (state.filter(GuestState.PAUSED::equals).isEmpty()) {
            throw Failure.of(FailureKind.CONFLICT, "vm.not-paused", vm + " isn't paused any more")
                    .host(host)
                    .why("it is " + state.map(Enum::name).orElse("gone") + "; somebody else had a hand in it")
                    .next("find out who, then try again")
                    .build();
        }
    }

    /** The guest is as the survey found it: running, or paused by its owner. */
    static void requireAsPlanned(StepRun run, VmRef vm, HostRef host, boolean ownerPaused) {
        var state = alive(run, vm, host).orElse(GuestState.SHUT_OFF);
        var expected = ownerPaused ? GuestState.PAUSED : GuestState.RUNNING;
        if (state != expected) {
            throw Failure.of(FailureKind.CONFLICT, "vm.changed", vm + " is " + state + " now")
                    .host(host)
                    .why("it was " + expected + " a moment ago; somebody else works on it")
                    .next("find out who, then try again")
                    .build();
        }
    }

    /** Lets a guest that Berth paused run again; tells when there is none left to run. */
    static void runAgain(StepRun run, VmRef vm, HostRef host) {
        alive(run, vm, host).ifPresentOrElse(state -> runOn(run, vm, host, state), run::memoryIsLost);
    }

    /** @param state in which it was seen */
    static void runOn(StepRun run, VmRef vm, HostRef host, GuestState state) {
        switch (state) {
            case RUNNING -> {}
            case PAUSED, BUSY -> run.drivers().hypervisor(host).resume(run.determinedCall(), host, vm);
            case ORPHANED, BROKEN, SHUT_OFF ->
                throw Failure.of(FailureKind.HYPERVISOR, "vm.broken", vm + " can't be resumed")
                        .host(host)
                        .why("it is " + state)
                        .next("look at it on the host, then run 'berth recover'")
                        .build();
        }
    }
}
