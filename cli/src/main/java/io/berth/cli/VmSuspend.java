package io.berth.cli;

import io.berth.core.operation.SuspendRequest;
import io.berth.driver.DataSize;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.configuration.Sizes;
import io.berth.engine.configuration.Writers;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code berth vm suspend}. */
final class VmSuspend {
    private static final String DATASTORE = "--datastore";
    private static final String WRITER = "--writer";
    private static final String VOLUME_SIZE = "--volume-size";
    private static final String CHECKSUM = "--checksum";

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
                .options(
                        Specs.value(Specs.HOST, "HOST", "Where it is; otherwise every host is asked."),
                        Specs.value(DATASTORE, "NAME", "Put the checkpoint there."),
                        Specs.value(WRITER, "HOW", writers()),
                        Specs.value(VOLUME_SIZE, "SIZE", "Make the volume so large: " + Sizes.ALLOWED + "."),
                        Specs.flag(CHECKSUM, "Compute a checksum over the whole image, not only its end."),
                        Specs.dryRun(),
                        Specs.json())
                .argument(Specs.many("VM", "Names or UUIDs."));
    }

    private static String writers() {
        return Writers.all().stream()
                .map(Writers::word)
                .collect(Collectors.joining(", ", "How to write memory: ", "."));
    }

    private static ExitCode run(Invocation invocation) {
        var writer = writer(invocation);
        var size = size(invocation);
        var machines = invocation.session().engine().machines();
        var host = invocation.host(Specs.HOST);
        var datastore = invocation.text(DATASTORE);
        var checksum = invocation.has(CHECKSUM);
        return new OperationRun(invocation, "suspended")
                .onEach(
                        VmNames.of(invocation.words()),
                        OperationRun.of(
                                vm -> machines.planSuspend(
                                        new SuspendRequest(vm, host, datastore, writer, size, checksum)),
                                (vm, watch) -> machines.suspend(
                                        new SuspendRequest(vm, host, datastore, writer, size, checksum), watch)));
    }

    private static Optional<MemoryWriter> writer(Invocation invocation) {
        return invocation
                .text(WRITER)
                .map(word -> Writers.of(word)
                        .orElseThrow(() -> Usage.wrong("there is no writer '" + word + "'", writers())));
    }

    private static Optional<DataSize> size(Invocation invocation) {
        return invocation
                .text(VOLUME_SIZE)
                .map(text -> Sizes.parse(text)
                        .filter(size -> !size.equals(DataSize.ZERO))
                        .orElseThrow(() -> Usage.wrong("'" + text + "' is no size", "write " + Sizes.ALLOWED)));
    }
}
