package io.berth.engine;

import io.berth.core.operation.AdoptRequest;
import io.berth.core.plan.Plan;
import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import java.util.Optional;

/** Checkpoints on all datastores. They are named by their volume, or by the VM whose memory they hold. Thread-safe. */
public interface Checkpoints {
    Found<Entry> list();

    /** @throws io.berth.driver.Failure {@code checkpoint.unknown}, {@code checkpoint.ambiguous} (CALLER) */
    Entry find(String nameOrVm);

    /** What {@link #verify} would do. Changes nothing. */
    Plan planVerify(String nameOrVm, Optional<HostRef> at, boolean whole);

    /**
     * Reads the checkpoint back and compares.
     *
     * @param at the host that reads; empty: the one it was written on
     * @param whole all of it, not only head and end
     */
    Report verify(String nameOrVm, Optional<HostRef> at, boolean whole, Watch watch);

    /** What {@link #adopt} would do. Changes nothing. */
    Plan planAdopt(AdoptRequest request);

    /** Makes a checkpoint of a volume in which something else has saved a guest. */
    Report adopt(AdoptRequest request, Watch watch);

    /** What {@link #delete} would do. Changes nothing. */
    Plan planDelete(String nameOrVm, boolean losesMemory);

    /** @param losesMemory delete it even if it is all that is left of the VM's memory */
    Report delete(String nameOrVm, boolean losesMemory, Watch watch);
}
