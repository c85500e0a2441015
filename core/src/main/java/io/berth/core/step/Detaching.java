package io.berth.core.step;

import io.berth.core.run.StepRun;
import io.berth.driver.HostRef;
import io.berth.driver.storage.VolumeRef;

/** Takes a volume off a host, if that host is still there to have it. */
final class Detaching {
    private Detaching() {}

    static void detach(StepRun run, VolumeRef volume, HostRef host) {
        if (!run.isDead(host)) {
            run.drivers().storage(volume.datastore()).attachments().detach(run.determinedCall(), volume, host);
        }
    }
}
