package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;

/**
 * What was written.
 *
 * @param length exact number of bytes from the start of the device that belong to the image
 * @param written bytes that went to the device in all
 */
public record SavedImage(DataSize length, DataSize written) {}
