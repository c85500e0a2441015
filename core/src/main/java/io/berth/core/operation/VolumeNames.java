package io.berth.core.operation;

/** How Berth names what it makes, so that it can tell its own from others'. */
final class VolumeNames {
    /** Followed by the operation's id: fresh for each operation, at most 46 characters. */
    static final String PREFIX = "berth-ckpt-";

    private VolumeNames() {}
}
