package io.berth.simulator.fleet;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.Fate;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How long it takes to empty a host of a hundred VMs through storage, each image written once and read once.
 *
 * @param moved VMs that run elsewhere in the end
 * @param took in virtual time
 * @param ratio that time over what the storage needs for the bytes alone
 * @param violations of the promise
 */
public record EvacuationReport(int moved, Duration took, double ratio, int violations) {
    public static final long SEED = 7;

    private static final int VMS = 100;
    private static final DataSize IMAGE = DataSize.ofMebibytes(1024);
    private static final DataSize ROOMY = DataSize.ofMebibytes(1 << 20);
    private static final DataSize PER_SECOND = new DataSize(1_000_000_000);

    public static EvacuationReport of(long seed) {
        var scene = FleetScene.crowded(seed, 5, VMS, IMAGE, ROOMY, PER_SECOND);
        var request = new EvacuateRequest(
                new HostRef("h1"), Set.of(), MigrationMode.COLD, Optional.empty(), Optional.empty());
        var cancellation = Cancellation.never();
        var report = scene.fleets().evacuate(request, scene.carrier(cancellation), cancellation);
        var limit = 2.0 * VMS * IMAGE.bytes() / PER_SECOND.bytes();
        return new EvacuationReport(
                (int) report.fates().stream()
                        .filter(fate -> fate.end() == Fate.End.DONE)
                        .count(),
                report.took(),
                report.took().toMillis() / 1e3 / limit,
                scene.checker().violations().size());
    }
}
