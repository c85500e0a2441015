package io.berth.cli;

import io.berth.core.operation.StartRequest;

/** {@code berth vm start}. */
final class VmStart {
    private VmStart() {}

    static Verb verb() {
        return Verb.of("start", "Bring stopped or suspended VMs back, where there is room.", VmStart::run)
                .details(
                        "",
                        "Without --host it goes on at the host with the most free memory that sees its checkpoint and has",
                        "all it needs. A checkpoint is used once. A failure before the VM runs keeps it.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(
                        Specs.value(Specs.HOST, "HOST", "Bring it back there."),
                        Specs.hostIsDead(),
                        Specs.dryRun(),
                        Specs.json())
                .argument(Specs.many("VM", "Names or UUIDs of VMs, or names of checkpoints."));
    }

    private static ExitCode run(Invocation invocation) {
        var machines = invocation.session().engine().machines();
        var host = invocation.host(Specs.HOST);
        var dead = invocation.hosts(Specs.HOST_IS_DEAD);
        return new OperationRun(invocation, "started")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planStart(new StartRequest(vm, host, dead)),
                                (vm, watch) -> machines.start(new StartRequest(vm, host, dead), watch)));
    }
}
