package io.berth.driver;

/** How much of a device is read fastest at once. Only a matter of time: the bytes are the same. */
public enum DeviceReading {
    /** By whoever needs them, through the host's cache: what a kernel's own device is made for. */
    CACHED,
    /**
     * In pieces of some mebibytes past the cache, by a process on the host that hands them on through a pipe. For devices
     * where each read is a long way, so that many small ones take long.
     */
    STREAMED
}
