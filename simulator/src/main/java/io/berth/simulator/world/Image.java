package io.berth.simulator.world;

import io.berth.driver.VmRef;

/**
 * A guest's memory as it lies on a device.
 *
 * @param nonce random bytes known only to the guest's memory
 * @param ticks the memory's count, equal to the disk's as long as the two belong together
 * @param length in bytes
 * @param whole no byte of it is missing or was taken while the guest ran
 * @param ownerPaused what its head says of what the guest's owner wants
 */
public record Image(
        VmRef vm, String definition, long nonce, long ticks, long length, boolean whole, boolean ownerPaused) {
    Image torn() {
        return new Image(vm, definition, nonce, ticks, length, false, ownerPaused);
    }

    /** The same with a head that says so. */
    public Image labelled(boolean paused) {
        return new Image(vm, definition, nonce, ticks, length, whole, paused);
    }
}
