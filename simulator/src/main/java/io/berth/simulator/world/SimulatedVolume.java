package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.storage.VolumeRef;

/** A volume and the stretch of storage it was given. */
public final class SimulatedVolume {
    private final VolumeRef ref;
    private final Extent extent;
    private DataSize size;

    SimulatedVolume(VolumeRef ref, Extent extent, DataSize size) {
        this.ref = ref;
        this.extent = extent;
        this.size = size;
    }

    public VolumeRef ref() {
        return ref;
    }

    public Extent extent() {
        return extent;
    }

    public DataSize size() {
        return size;
    }

    public void grow(DataSize atLeast) {
        size = atLeast.exceeds(size) ? atLeast : size;
    }
}
