package io.berth.core.operation;

import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.CheckpointLedger;
import java.util.Set;

/**
 * The facts about a checkpoint that is to be looked at or deleted.
 *
 * @param vm whose it is, as far as its record tells
 * @param at the host to look from
 * @param attachedTo hosts that have the volume attached
 * @param whole read all of it, not only head and end
 * @param givesUpMemory the user knows that a complete checkpoint's memory is gone with it
 */
public record CheckpointSurvey(
        FencingToken token,
        CheckpointLedger.Entry checkpoint,
        VmRef vm,
        HostRef at,
        Set<HostRef> attachedTo,
        boolean whole,
        boolean givesUpMemory) {}
