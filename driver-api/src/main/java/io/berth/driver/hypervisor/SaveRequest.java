package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;

/**
 * Where and how to write a guest's memory.
 *
 * @param target the device, or the link at the checkpoint's standard path that leads to it
 * @param capacity the device's size
 * @param ownerPaused what the image's header should say: that the guest is to stay paused when restored by hand
 */
public record SaveRequest(DevicePath target, DataSize capacity, MemoryWriter writer, boolean ownerPaused) {}
