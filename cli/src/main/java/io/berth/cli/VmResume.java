package io.berth.cli;

import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.operation.ResumeRequest;

/** {@code berth vm resume}. */
final class VmResume {
    private VmResume() {}

    static Verb verb() {
        return Verb.of("resume", "Bring suspended VMs back, on the same host or another.", VmResume::run)
                .details(
                        "",
                        "A checkpoint is used once. A failure before the VM runs keeps it.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).",
                        "All VMs: those that are suspended, several at once, each where it was. Stopped ones stay so.")
                .options(
                        Specs.value(
                                Specs.HOST,
                                "HOST",
                                "Bring it back there; where it was by default. Of all: those that were there."),
                        Specs.flag(Specs.ALL, "All VMs, or all that were on that host."),
                        Specs.hostIsDead(),
                        Specs.dryRun(),
                        Specs.json())
                .argument(Specs.manyOrAll("VM", "Names or UUIDs of VMs, or names of checkpoints."));
    }

    private static ExitCode run(Invocation invocation) {
        if (invocation.isForAll()) {
            return resumeAll(invocation);
        }
        var machines = invocation.session().engine().machines();
        var host = invocation.host(Specs.HOST);
        var dead = invocation.hosts(Specs.HOST_IS_DEAD);
        return new OperationRun(invocation, "resumed")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planResume(new ResumeRequest(vm, host, dead)),
                                (vm, watch) -> machines.resume(new ResumeRequest(vm, host, dead), watch)));
    }

    private static ExitCode resumeAll(Invocation invocation) {
        var request = new ResumeAllRequest(invocation.host(Specs.HOST), invocation.hosts(Specs.HOST_IS_DEAD));
        var fleet = invocation.session().engine().fleet();
        return new FleetRun(invocation)
                .of(() -> fleet.planResumeAll(request), watch -> fleet.resumeAll(request, watch));
    }
}
