package io.berth.core.plan;

import io.berth.driver.DevicePath;
import io.berth.driver.storage.Sharing;
import java.util.Optional;

/**
 * A disk that a guest takes along while it runs.
 *
 * @param target its name inside the guest
 * @param file at the same path on both hosts
 * @param sharing where that was found out: nothing is copied when they share it; empty: they don't
 */
public record CopiedDisk(String target, DevicePath file, Optional<Ref<Sharing>> sharing) {}
