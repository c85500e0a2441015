package io.berth.storage.ceph;

/** How a host makes a block device of an image. What it can is asked of the host. */
public enum AttachWay {
    /** {@code rbd device map}: the kernel's own client. */
    KRBD,
    /** {@code rbd device map --device-type nbd}: a process of Ceph's behind a network block device. */
    NBD,
    /** {@code qemu-storage-daemon} shows the image as a file (FUSE), with a loop device over it: needs no module. */
    EXPORT
}
