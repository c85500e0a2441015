package io.berth.cli;

import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import java.util.Optional;
import java.util.function.Function;

/** {@code berth vm migrate}. */
final class VmMigrate {
    static final String LIVE = "--live";
    static final String COLD = "--cold";

    private VmMigrate() {}

    static Verb verb() {
        return Verb.of("migrate", "Bring VMs to another host, live where that can be.", VmMigrate::run)
                .details(
                        "",
                        "A VM that runs goes on running meanwhile, unless something speaks against it; then it is saved where",
                        "it is and restored at the target, as one operation. One that can't go on there goes on where it was;",
                        "when even that can't be, its checkpoint stays and 'berth vm resume' brings it back.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(SavingOptions.specs(
                        Specs.value(Specs.HOST, "HOST", "Where it is to go on."),
                        Specs.flag(LIVE, "Live or not at all."),
                        Specs.flag(COLD, "Through a checkpoint, even if it could go live.")))
                .argument(Specs.many("VM", "Names or UUIDs."));
    }

    private static ExitCode run(Invocation invocation) {
        var target = invocation
                .host(Specs.HOST)
                .orElseThrow(() -> Usage.wrong("migrate where to?", "name the host with --host"));
        var mode = mode(invocation);
        var saving = SavingOptions.of(invocation);
        var machines = invocation.session().engine().machines();
        Function<String, MigrateRequest> request =
                vm -> new MigrateRequest(saving.request(vm, Optional.empty()), target, mode);
        return new OperationRun(invocation, "migrated")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planMigrate(request.apply(vm)),
                                (vm, watch) -> machines.migrate(request.apply(vm), watch)));
    }

    static MigrationMode mode(Invocation invocation) {
        var live = invocation.has(LIVE);
        var cold = invocation.has(COLD);
        if (live && cold) {
            throw Usage.wrong("live or cold?", "say one of --live and --cold, or neither");
        }
        return live ? MigrationMode.LIVE : cold ? MigrationMode.COLD : MigrationMode.BEST;
    }
}
