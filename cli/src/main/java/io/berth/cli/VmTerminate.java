package io.berth.cli;

import io.berth.cli.output.Cells;
import io.berth.core.operation.TerminateRequest;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code berth vm terminate}. */
final class VmTerminate {
    private static final String YES = "--yes";
    private static final String DELETE_DIRECTORY = "--delete-directory";

    private VmTerminate() {}

    static Verb verb() {
        return Verb.of("terminate", "End VMs for good, wherever they are.", VmTerminate::run)
                .details(
                        "",
                        "Ends the guest, makes all hosts forget it, and deletes its checkpoints. Disks are left alone, unless",
                        "the VM's directory is to go, too: then it is deleted last of all, with everything in it. One that",
                        "another VM or checkpoint has a disk in is refused.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).")
                .options(
                        Specs.flag(
                                YES,
                                "Yes, its memory is given up. Without it you are asked; where nobody can be asked, nothing is done."),
                        Specs.flag(
                                DELETE_DIRECTORY,
                                "Delete its directories, too. Without it they stay, and you are told where."),
                        Specs.hostIsDead(),
                        Specs.dryRun(),
                        Specs.json())
                .argument(Specs.many("VM", "Names or UUIDs."));
    }

    private static ExitCode run(Invocation invocation) {
        var names = VmNames.of(invocation.words());
        if (!invocation.has(YES) && !invocation.has(Specs.DRY_RUN) && !isMeant(invocation, names)) {
            return ExitCode.CANCELLED;
        }
        var machines = invocation.session().engine().machines();
        var dead = invocation.hosts(Specs.HOST_IS_DEAD);
        Function<String, TerminateRequest> request =
                vm -> new TerminateRequest(vm, dead, invocation.has(DELETE_DIRECTORY));
        return new OperationRun(invocation, "terminated")
                .onEach(
                        names,
                        OperationRun.of(
                                vm -> machines.planTerminate(request.apply(vm)),
                                (vm, watch) -> machines.terminate(request.apply(vm), watch)));
    }

    private static boolean isMeant(Invocation invocation, List<String> names) {
        var consent = invocation.session().consent();
        if (!consent.canBeAsked()) {
            throw Usage.wrong("a VM's memory can't be brought back", "say --yes, or look first with --dry-run");
        }
        var what = invocation.has(DELETE_DIRECTORY) ? "memory, checkpoints and directories" : "memory and checkpoints";
        return consent.isGiven("End for good, " + what + ": "
                + names.stream().map(Cells::text).collect(Collectors.joining(", ")) + "?");
    }
}
