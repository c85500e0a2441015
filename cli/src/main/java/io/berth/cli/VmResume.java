package io.berth.cli;

import io.berth.core.operation.ResumeRequest;

/** {@code berth vm resume}. */
final class VmResume {
    private VmResume() {}

    static Verb verb() {
        return Verb.of("resume", "Bring suspended VMs back, on the same host or another.", VmResume::run)
                .details(
                        "",
                        "A checkpoint is used once. A failure before the VM runs keeps it.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(
                        Specs.value(Specs.HOST, "HOST", "Bring it back there; where it was by default."),
                        Specs.hostIsDead(),
                        Specs.dryRun(),
                        Specs.json())
                .argument(Specs.many("VM", "Names or UUIDs of VMs, or names of checkpoints."));
    }

    private static ExitCode run(Invocation invocation) {
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
}
