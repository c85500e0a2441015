package io.berth.driver.hypervisor;

import io.berth.driver.DataSize;

/**
 * How large an image may get.
 *
 * @param need what the hypervisor reports now, with a margin; may be too little (pages in swap or huge pages don't
 *     count in rss: 129 MiB reported for an image of 464 MiB)
 * @param bound never exceeded: maximum memory + 0.2 % + video memory + 16 MiB and header
 */
public record MemoryEstimate(DataSize need, DataSize bound) {}
