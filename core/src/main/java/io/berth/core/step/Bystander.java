package io.berth.core.step;

import io.berth.core.run.StepRun;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;
import java.util.function.BiFunction;

/**
 * Looks at a volume from a host that has no part in the operation, when the one that wrote to it is dead: a dead host
 * writes no more, so what is seen elsewhere is what the storage kept.
 */
final class Bystander {
    private Bystander() {}

    /**
     * @param question asked of a host with the volume attached as that device, nothing of it cached
     * @throws Failure {@code volume.unseen} (UNKNOWN_OUTCOME) when no living host sees the datastore
     */
    static <T> T ask(StepRun run, VolumeRef volume, BiFunction<HostRef, DevicePath, T> question) {
        var storage = run.drivers().storage(volume.datastore());
        for (var host : run.drivers().hosts()) {
            if (storage.serves(host) && !run.isDead(host)) {
                try {
                    return ask(run, volume, host, question);
                } catch (Failure failure) {
                    if (failure.kind() != FailureKind.ENVIRONMENT) {
                        throw failure;
                    }
                }
            }
        }
        throw Failure.of(FailureKind.UNKNOWN_OUTCOME, "volume.unseen", "no living host sees " + volume)
                .why("the host that wrote to it is dead, and it isn't known what it wrote")
                .next("give another host access to datastore " + volume.datastore()
                        + ", then run 'berth recover' again; the volume is kept")
                .build();
    }

    private static <T> T ask(StepRun run, VolumeRef volume, HostRef host, BiFunction<HostRef, DevicePath, T> question) {
        var attachments = run.drivers().storage(volume.datastore()).attachments();
        var device = attachments.attach(run.determinedCall(), volume, host);
        try {
            run.drivers().devices().dropCache(run.determinedCall(), host, device);
            return question.apply(host, device);
        } finally {
            attachments.detach(run.determinedCall(), volume, host);
        }
    }
}
