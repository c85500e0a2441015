package io.berth.cli;

import io.berth.core.operation.MigrateRequest;
import java.util.Optional;

/** {@code berth vm migrate}. */
final class VmMigrate {
    private VmMigrate() {}

    static Verb verb() {
        return Verb.of("migrate", "Bring VMs to another host through a checkpoint.", VmMigrate::run)
                .details(
                        "",
                        "The VM is saved where it is and goes on at the target, as one operation. When it can't go on there it",
                        "comes back; when even that can't be, its checkpoint stays and 'berth vm resume' brings it back.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(SavingOptions.specs(Specs.value(Specs.HOST, "HOST", "Where it is to go on.")))
                .argument(Specs.many("VM", "Names or UUIDs."));
    }

    private static ExitCode run(Invocation invocation) {
        var target = invocation
                .host(Specs.HOST)
                .orElseThrow(() -> Usage.wrong("migrate where to?", "name the host with --host"));
        var saving = SavingOptions.of(invocation);
        var machines = invocation.session().engine().machines();
        return new OperationRun(invocation, "migrated")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planMigrate(
                                        new MigrateRequest(saving.request(vm, Optional.empty()), target)),
                                (vm, watch) -> machines.migrate(
                                        new MigrateRequest(saving.request(vm, Optional.empty()), target), watch)));
    }
}
