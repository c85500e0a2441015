package io.berth.cli;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.SuspendAllRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.configuration.Sizes;
import io.berth.engine.configuration.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How memory is to be written, as all commands that write it are told.
 *
 * @param datastore for the checkpoint; empty: the default
 */
record SavingOptions(
        Optional<String> datastore, Optional<MemoryWriter> writer, Optional<DataSize> size, boolean checksum) {
    private static final String DATASTORE = "--datastore";
    private static final String WRITER = "--writer";
    private static final String VOLUME_SIZE = "--volume-size";
    private static final String CHECKSUM = "--checksum";

    /** After the command's own. */
    static List<OptionSpec> specs(OptionSpec... own) {
        var specs = new ArrayList<>(List.of(own));
        specs.addAll(List.of(
                Specs.value(DATASTORE, "NAME", "Put the checkpoint there."),
                Specs.value(WRITER, "HOW", writers()),
                Specs.value(VOLUME_SIZE, "SIZE", "Make the volume so large: " + Sizes.ALLOWED + "."),
                Specs.flag(CHECKSUM, "Compute a checksum over the whole image, not only its end."),
                Specs.dryRun(),
                Specs.json()));
        return specs;
    }

    static SavingOptions of(Invocation invocation) {
        return new SavingOptions(
                invocation.text(DATASTORE), writer(invocation), size(invocation), invocation.has(CHECKSUM));
    }

    SuspendRequest request(String vm, Optional<HostRef> host) {
        return new SuspendRequest(vm, host, datastore, writer, size, checksum);
    }

    /** @throws io.berth.driver.Failure when something was said that makes no sense for all */
    SuspendAllRequest requestAll(Optional<HostRef> host, Optional<Duration> within, Optional<DataSize> pace) {
        refuseWhatIsForOne();
        return new SuspendAllRequest(host, datastore, writer, within, pace);
    }

    /** @throws io.berth.driver.Failure when something was said that makes no sense for many */
    EvacuateRequest evacuation(HostRef host, Set<HostRef> targets, MigrationMode mode) {
        refuseWhatIsForOne();
        return new EvacuateRequest(host, targets, mode, datastore, writer);
    }

    private void refuseWhatIsForOne() {
        if (size.isPresent() || checksum) {
            throw Usage.wrong(
                    VOLUME_SIZE + " and " + CHECKSUM + " are for VMs that are named",
                    "leave them out, or name the VMs");
        }
    }

    private static String writers() {
        return Writers.all().stream()
                .map(Writers::word)
                .collect(Collectors.joining(", ", "How to write memory: ", "."));
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
