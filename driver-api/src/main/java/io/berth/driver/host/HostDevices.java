package io.berth.driver.host;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;

/**
 * Block devices as every host has them, whatever storage is behind, and regular files that serve as such. Thread-safe.
 */
public interface HostDevices {
    /** What is written at once: a sample, never an image. */
    int WRITE_LIMIT = 512 * 1024;

    /**
     * Size of the device in bytes.
     *
     * @throws io.berth.driver.Failure {@code host.absent} (ENVIRONMENT) when nothing is at that path
     */
    DataSize size(HostRef host, DevicePath device);

    /**
     * Makes old content unreadable before anything new is written: the first and last MiB zeroed, the rest discarded
     * where the device can, the whole zeroed where it can't and doesn't read zeroes already. A file is cut to nothing and
     * made as long as it was. Mode 0600. Durable.
     */
    void clear(Call call, HostRef host, DevicePath device);

    /**
     * Makes all that was written to the device durable, with a file also its name. Must fail if any write was lost.
     *
     * @throws io.berth.driver.Failure {@code device.flush-failed} (STORAGE)
     */
    void flush(Call call, HostRef host, DevicePath device);

    /** Forgets this host's cached blocks of the device: another host may have written it since. */
    void dropCache(Call call, HostRef host, DevicePath device);

    /**
     * Writes the bytes from {@code offset} on; {@link #flush} makes them durable.
     *
     * @param bytes at most {@value #WRITE_LIMIT}
     * @throws io.berth.driver.Failure {@code device.short} when the device ends before: nothing was written then
     */
    void write(Call call, HostRef host, DevicePath device, long offset, byte[] bytes);

    /**
     * Reads {@code length} bytes from {@code offset}, past the page cache where the device allows it.
     *
     * @throws io.berth.driver.Failure {@code device.short} when the device ends before
     */
    byte[] read(HostRef host, DevicePath device, long offset, int length);

    /** SHA-256 in hex over {@code length} bytes from {@code offset}, computed on the host, past the cache if it can. */
    String digest(Call call, HostRef host, DevicePath device, long offset, DataSize length);

    /**
     * Copies {@code length} bytes from the beginning of one device to the beginning of another one, past the page cache
     * where the devices allow it. The first block goes last, when all behind it is durable: a copy that was cut short has
     * no head, whatever the other device held before. {@link #flush} makes the head durable, too.
     *
     * @param call its deadline has to fit the length
     * @throws io.berth.driver.Failure {@code device.short} when either device ends before
     */
    void copy(Call call, HostRef host, DevicePath from, DevicePath to, DataSize length);

    /**
     * Gives the space behind {@code offset} back to thin storage, as far as its blocks allow; does nothing where the
     * device can't. A file ends at {@code offset} then.
     */
    void discardFrom(Call call, HostRef host, DevicePath device, long offset);
}
