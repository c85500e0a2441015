package io.berth.tck;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;

/**
 * A datastore with two hosts that a storage driver is tried on: nothing of earlier tests is in it, and 64 MiB fit.
 * The methods that touch devices do it as a program on that host would, not through the driver.
 */
public interface StorageWorld extends AutoCloseable {
    StorageDriver driver();

    /**
     * Another driver over the same storage, as a second front-end has it: nothing the first keeps in memory is seen
     * there.
     */
    StorageDriver otherFrontEnd();

    /** Name of the datastore in {@link VolumeRef#datastore()}. */
    String datastore();

    HostRef first();

    HostRef second();

    /** A call on behalf of the operation that the hosts' guards let pass. */
    Call call(OperationId operation);

    DataSize size(HostRef host, DevicePath device);

    /** Writes and makes durable. */
    void write(HostRef host, DevicePath device, long offset, byte[] bytes);

    /** Reads what the device holds now, not what the host remembers of an earlier attach. */
    byte[] read(HostRef host, DevicePath device, long offset, int length);

    /** Has a process on the host keep the device open until the answer is closed. */
    Holder hold(HostRef host, DevicePath device);

    /**
     * Leaves things on the storage that aren't Berth's: files, images, names that nearly look like volumes, and names
     * and content chosen to confuse a reader, as far as the storage takes them.
     */
    void litter();

    /** Changes one bit of the volume's description on the storage. */
    void damageRecord(VolumeRef volume);

    /** Removes everything that was made, attached or held. */
    @Override
    void close();

    /** A device kept open. */
    @FunctionalInterface
    interface Holder extends AutoCloseable {
        @Override
        void close();
    }
}
