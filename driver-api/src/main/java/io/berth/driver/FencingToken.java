package io.berth.driver;

/**
 * The right to change things for one VM. Every mutating command carries it to the host, where the guard refuses an
 * epoch lower than the highest it has seen for that VM: a command that was already on its way when another front-end
 * took over can't do harm any more.
 *
 * @param vm whose right it is
 * @param epoch of the VM's lease, 1 or more; a later lease has a higher one
 * @param operation on whose behalf
 */
public record FencingToken(VmRef vm, long epoch, OperationId operation) {
    public FencingToken {
        if (epoch < 1) {
            throw new IllegalArgumentException("an epoch is 1 or more: " + epoch);
        }
    }
}
