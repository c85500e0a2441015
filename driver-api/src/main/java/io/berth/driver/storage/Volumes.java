package io.berth.driver.storage;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import java.util.List;
import java.util.Optional;

/** Makes, finds and removes a datastore's volumes. */
public interface Volumes {
    /**
     * Makes the volume, at least this large, its content zeroes or nothing. One that is there already and large enough
     * is the answer to a repeated call; one that is smaller is an error.
     *
     * @throws io.berth.driver.Failure {@code storage.no-space}, {@code volume.too-small}, {@code storage.read-only},
     *     {@code storage.unreachable} (all STORAGE)
     */
    VolumeInfo create(Call call, VolumeRef volume, DataSize atLeast);

    Optional<VolumeInfo> find(VolumeRef volume);

    /** Every volume that bears Berth's prefix on this datastore, whoever made it. */
    List<VolumeInfo> list();

    /**
     * Enlarges; never shrinks.
     *
     * @throws io.berth.driver.Failure {@code volume.cannot-grow} without the capability
     */
    void grow(Call call, VolumeRef volume, DataSize atLeast);

    /**
     * Removes the volume and its ledger, the ledger last, so that a volume is owned until it is gone. Nothing there is
     * fine.
     *
     * @throws io.berth.driver.Failure {@code volume.attached} (CONFLICT) while a reachable host has it attached
     */
    void delete(Call call, VolumeRef volume);

    Capacity capacity();
}
