package io.berth.storage.hosts;

import io.berth.driver.DevicePath;

/**
 * A loop device as the kernel lists it.
 *
 * @param file real path of the file behind it, without the kernel's note that it was deleted
 * @param deleted the file has been removed since; another one of that name is another file
 * @param leaving detached already, and gone as soon as nobody has it open any more
 */
public record LoopDevice(DevicePath path, String file, boolean deleted, boolean leaving) {}
