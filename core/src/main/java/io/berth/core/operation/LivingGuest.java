package io.berth.core.operation;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestDescription;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger;
import java.util.List;

/** Whether a guest's memory may be taken from where it is. */
final class LivingGuest {
    private LivingGuest() {}

    /**
     * @param otherCopies the same VM seen alive on other hosts
     * @param checkpoints unused complete ones of this VM
     * @throws Failure why it may not
     */
    static void refuseUnlessMovable(
            VmRef vm, GuestDescription guest, List<GuestView> otherCopies, List<CheckpointLedger.Entry> checkpoints) {
        var view = guest.view();
        otherCopies.stream().findFirst().ifPresent(copy -> {
            throw Failure.of(FailureKind.CONFLICT, "vm.doubled", vm + " is alive on two hosts")
                    .why("it is " + copy.state() + " on " + copy.host() + " and " + view.state() + " on " + view.host())
                    .next("find out which is the right one and destroy the other, before its disks are damaged")
                    .build();
        });
        checkpoints.stream().findFirst().ifPresent(entry -> {
            throw Failure.of(FailureKind.CONFLICT, "vm.has-checkpoint", vm + " has an unused checkpoint already")
                    .why(entry.volume() + " is COMPLETE, but the guest has run since")
                    .next("delete it with 'berth checkpoint delete "
                            + entry.volume().name() + "', then try again")
                    .build();
        });
        refuseUnlessAlive(vm, view);
        guest.obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle;
        });
    }

    private static void refuseUnlessAlive(VmRef vm, GuestView view) {
        switch (view.state()) {
            case RUNNING, PAUSED -> {}
            case SHUT_OFF ->
                throw Failure.of(FailureKind.CALLER, "vm.not-running", vm + " isn't running")
                        .host(view.host())
                        .next("a VM that is shut off has no memory to save or move: start it, or leave it as it is")
                        .build();
            case BUSY, BROKEN, ORPHANED ->
                throw Failure.of(FailureKind.CONFLICT, "vm.unfit", vm + " can't be suspended or moved now")
                        .host(view.host())
                        .why("it is " + view.state() + " (" + view.reason() + ")")
                        .next("look at it on the host; try again when it runs or is paused")
                        .build();
        }
    }
}
