package io.berth.cli;

/** {@code berth vm stop}. */
final class VmStop {
    private VmStop() {}

    static Verb verb() {
        return Verb.of("stop", "Put the memory of VMs onto block storage and give their host up.", VmStop::run)
                .details(
                        "",
                        "Like suspend; but refused when the VM could then be started on its own host only.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(SavingOptions.specs(
                        Specs.value(Specs.HOST, "HOST", "Where it is; otherwise every host is asked.")))
                .argument(Specs.many("VM", "Names or UUIDs."));
    }

    private static ExitCode run(Invocation invocation) {
        var saving = SavingOptions.of(invocation);
        var machines = invocation.session().engine().machines();
        var host = invocation.host(Specs.HOST);
        return new OperationRun(invocation, "stopped")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planStop(saving.request(vm, host)),
                                (vm, watch) -> machines.stop(saving.request(vm, host), watch)));
    }
}
