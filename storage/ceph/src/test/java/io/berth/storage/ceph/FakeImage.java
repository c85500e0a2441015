package io.berth.storage.ceph;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** An image of the fake cluster: only what was written to it takes room. */
final class FakeImage {
    private static final int BLOCK = 1 << 16;

    /** Clients that have it open and that the fake hosts know nothing of. */
    final Set<String> strangers = new LinkedHashSet<>();

    long size;
    int snapshots;
    private final Map<Long, byte[]> blocks = new HashMap<>();

    FakeImage(long size) {
        this.size = size;
    }

    long used() {
        return Math.min(size, (long) blocks.size() * BLOCK);
    }

    void write(long offset, byte[] bytes) {
        for (var i = 0; i < bytes.length; i++) {
            var at = offset + i;
            blocks.computeIfAbsent(at / BLOCK, any -> new byte[BLOCK])[(int) (at % BLOCK)] = bytes[i];
        }
    }

    byte[] read(long offset, int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            var block = blocks.get((offset + i) / BLOCK);
            bytes[i] = block == null ? 0 : block[(int) ((offset + i) % BLOCK)];
        }
        return bytes;
    }
}
