package io.berth.core.journal;

import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;

/**
 * The right to work on a VM, until it is released or taken over. Whoever takes over gets a higher epoch, and every
 * write with the lower one fails.
 */
public record Lease(VmRef vm, long epoch, Owner owner, OperationId operation) {
    public FencingToken token() {
        return new FencingToken(vm, epoch, operation);
    }
}
