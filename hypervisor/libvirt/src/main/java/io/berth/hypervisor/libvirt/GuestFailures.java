package io.berth.hypervisor.libvirt;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestView;
import java.util.Locale;

/** Failures that more than one call has. */
final class GuestFailures {
    private GuestFailures() {}

    static Failure absent(HostRef host, VmRef vm) {
        return Failure.of(FailureKind.CALLER, "vm.absent", vm + " isn't there")
                .next("look where it is with 'berth vm list'")
                .host(host)
                .build();
    }

    /** Something alive is where nothing of it may be, or the other way round. */
    static Failure unexpected(HostRef host, VmRef vm, GuestView view, String what) {
        var orphaned = switch (view.state()) {
            case ORPHANED -> true;
            case RUNNING, PAUSED, SHUT_OFF, BUSY, BROKEN -> false;
        };
        return Failure.of(FailureKind.CONFLICT, orphaned ? "vm.orphaned" : "vm.wrong-state", what)
                .why(vm + " is " + view.state().name().toLowerCase(Locale.ROOT) + ": " + view.reason())
                .next(
                        orphaned
                                ? "libvirt lost sight of it: find out whether it is the right copy, then end the process"
                                : "bring it into the state that is needed, or wait for the job that holds it")
                .host(host)
                .build();
    }

    static Failure ran(HostRef host, VmRef vm, String why) {
        return Failure.of(FailureKind.CONFLICT, "vm.ran", "the guest ran while its memory was written")
                .why(why)
                .next("save it again; keep others from resuming it meanwhile")
                .host(host)
                .build();
    }
}
