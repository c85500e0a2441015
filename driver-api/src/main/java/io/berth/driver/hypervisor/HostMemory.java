package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;

/**
 * A host's memory at this moment.
 *
 * @param free what guests could get; what the host only caches counts as free
 * @param total all that the host has
 */
public record HostMemory(DataSize free, DataSize total) {}
