package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import java.time.Duration;

/** Ends whatever writes a guest's memory, and waits until nothing does. */
final class JobEnd {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;
    private final boolean streams;

    /** @param streams whether the stream writer may be used here at all: only then QEMU itself is asked */
    JobEnd(Virsh virsh, VirshCommands commands, GuestFinder finder, boolean streams) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
        this.streams = streams;
    }

    /** A guest that isn't there has no job. */
    void end(Call call, HostRef host, VmRef vm) {
        var seen = finder.find(host, vm.uuid());
        if (seen.isEmpty() || !seen.get().state().isAlive() || seen.get().state() == GuestState.ORPHANED) {
            return;
        }
        // It fails when there is no job, and may end one that ended just now: what counts is that none is left.
        virsh.attempt(call, host, new byte[0], commands.abortJob(vm.uuid()));
        if (streams) {
            virsh.change(call, host, "can't end the memory stream", commands.streamCancel(vm.uuid()));
        }
        await(host, vm);
    }

    private void await(HostRef host, VmRef vm) {
        var until = System.nanoTime() + LONGEST.toNanos();
        while (holds(host, vm)) {
            if (System.nanoTime() > until) {
                throw Failure.of(FailureKind.HYPERVISOR, "vm.busy", "a job of the guest doesn't end")
                        .why("it was asked to " + LONGEST.toSeconds() + " s ago")
                        .next("see 'virsh domjobinfo' on the host; nothing more is done meanwhile")
                        .host(host)
                        .build();
            }
            pause();
        }
    }

    private boolean holds(HostRef host, VmRef vm) {
        var job = virsh.look(host, commands.job(vm.uuid()));
        if (job.succeeded() && JobStatistics.parse(job.output()).active()) {
            return true;
        }
        return finder.find(host, vm.uuid())
                .filter(view -> view.state() == GuestState.BUSY)
                .isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.of(FailureKind.CANCELLED, "operation.cancelled", "waiting for a job was interrupted")
                    .next("look at the guest before anything else")
                    .cause(stop)
                    .build();
        }
    }
}
