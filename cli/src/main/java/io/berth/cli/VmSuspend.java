package io.berth.cli;

/** {@code berth vm suspend}. */
final class VmSuspend {
    private VmSuspend() {}

    static Verb verb() {
        return Verb.of(
                        "suspend",
                        "Put the memory of VMs onto block storage and end them on their host.",
                        VmSuspend::run)
                .details(
                        "",
                        "Until the checkpoint is complete, the VM stays on its host, and any failure lets it go on there.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(SavingOptions.specs(
                        Specs.value(Specs.HOST, "HOST", "Where it is; otherwise every host is asked.")))
                .argument(Specs.many("VM", "Names or UUIDs."));
    }

    private static ExitCode run(Invocation invocation) {
        var saving = SavingOptions.of(invocation);
        var machines = invocation.session().engine().machines();
        var host = invocation.host(Specs.HOST);
        return new OperationRun(invocation, "suspended")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planSuspend(saving.request(vm, host)),
                                (vm, watch) -> machines.suspend(saving.request(vm, host), watch)));
    }
}
