package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;

/**
 * What the head of a device says of a saved image.
 *
 * @param form whether there is an image and whether its writer finished it
 * @param definition the guest's definition in the image; empty unless {@link Form#COMPLETE} or {@link Form#PARTIAL}
 * @param dataOffset where memory begins
 * @param ownerPaused the header says that a plain restore leaves the guest paused
 */
public record ImageHeader(Form form, String definition, DataSize dataOffset, boolean ownerPaused) {
    /** What the head looks like. */
    public enum Form {
        NONE,
        PARTIAL,
        COMPLETE,
        /** An image, but of a version or compression this driver can't restore. */
        UNSUPPORTED
    }
}
