package io.berth.cli;

import io.berth.driver.DataSize;
import io.berth.engine.configuration.Sizes;
import io.berth.engine.configuration.Times;
import java.util.Optional;
import java.util.function.Function;

/** {@code berth vm suspend}. */
final class VmSuspend {
    private static final String WITHIN = "--within";
    private static final String PACE = "--pace";

    private VmSuspend() {}

    static Verb verb() {
        return Verb.of(
                        "suspend",
                        "Put the memory of VMs onto block storage and end them on their host.",
                        VmSuspend::run)
                .details(
                        "",
                        "Until the checkpoint is complete, the VM stays on its host, and any failure lets it go on there.",
                        "Several VMs: 'one-3,one-5', 'one-3..6' and '3..6' (the same as one-3..6).",
                        "All VMs: several at once, the largest first. Is there little time, those are suspended that make",
                        "the best of it; the others are told before anything begins, and go on running.")
                .options(
                        SavingOptions.specs(
                                Specs.value(Specs.HOST, "HOST", "Where it is; otherwise every host is asked."),
                                Specs.flag(Specs.ALL, "All VMs, or all of that host."),
                                Specs.value(WITHIN, "TIME", "So long there is power: " + Times.ALLOWED + "."),
                                Specs.value(
                                        PACE,
                                        "SIZE",
                                        "So much the datastore takes in a second; otherwise it is told by what was saved lately.")))
                .argument(Specs.manyOrAll("VM", "Names or UUIDs."));
    }

    private static ExitCode run(Invocation invocation) {
        if (invocation.isForAll(WITHIN, PACE)) {
            return suspendAll(invocation);
        }
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

    private static ExitCode suspendAll(Invocation invocation) {
        var request = SavingOptions.of(invocation)
                .requestAll(
                        invocation.host(Specs.HOST),
                        value(invocation, WITHIN, Times::parse, Times.ALLOWED),
                        value(invocation, PACE, VmSuspend::pace, Sizes.ALLOWED));
        var fleet = invocation.session().engine().fleet();
        return new FleetRun(invocation)
                .of(() -> fleet.planSuspendAll(request), watch -> fleet.suspendAll(request, watch));
    }

    private static Optional<DataSize> pace(String text) {
        return Sizes.parse(text).filter(size -> !size.equals(DataSize.ZERO));
    }

    private static <T> Optional<T> value(
            Invocation invocation, String option, Function<String, Optional<T>> parser, String allowed) {
        return invocation
                .text(option)
                .map(text -> parser.apply(text)
                        .orElseThrow(() -> Usage.wrong(option + " can't be '" + text + "'", "write " + allowed)));
    }
}
