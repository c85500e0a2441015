package io.berth.core.step;

import io.berth.core.plan.Ref;
import io.berth.core.run.StepRun;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.storage.DirectoryAsides;
import io.berth.driver.storage.DirectoryCopies;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.VmDirectories;
import io.berth.driver.storage.VmDirectory;
import java.util.Optional;

/** What several handlers ask of VM directories. */
final class Directories {
    private Directories() {}

    static VmDirectories of(StepRun run, String datastore) {
        return run.drivers()
                .storage(datastore)
                .directories()
                .orElseThrow(() -> Failure.of(
                                FailureKind.CALLER,
                                "datastore.no-directories",
                                "datastore " + datastore + " has no VM directories any more")
                        .why("its driver is another one than when the operation was begun")
                        .next("give it back its old configuration, then run 'berth recover'")
                        .build());
    }

    static DirectoryCopies copies(StepRun run, VmDirectory directory) {
        return of(run, directory.datastore()).copies();
    }

    static DirectoryAsides asides(StepRun run, VmDirectory directory) {
        return of(run, directory.datastore()).asides();
    }

    /** Where that host sees this operation's file; empty when it isn't there. */
    static Optional<DevicePath> stagingFile(StepRun run, String datastore, HostRef at) {
        return of(run, datastore).staging().find(StagingFile.of(run.lease().token()), at);
    }

    static DirectoryCopies.State copy(StepRun run, VmDirectory directory, HostRef to) {
        return copies(run, directory).state(run.operation(), directory, to);
    }

    /** Both hosts see it: there is nothing to bring and nothing to leave. */
    static boolean isShared(StepRun run, Optional<Ref<Sharing>> sharing) {
        return sharing.map(run::value).filter(Sharing.SHARED::equals).isPresent();
    }
}
