package io.berth.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects bytes and keeps either the first or the last so many of them. Not thread-safe. */
final class BoundedText {
    private final int limit;
    private final boolean keepsEnd;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    private BoundedText(int limit, boolean keepsEnd) {
        this.limit = limit;
        this.keepsEnd = keepsEnd;
    }

    static BoundedText first(int limit) {
        return new BoundedText(limit, false);
    }

    static BoundedText last(int limit) {
        return new BoundedText(limit, true);
    }

    void add(byte[] bytes) {
        if (keepsEnd) {
            kept.writeBytes(bytes);
            // Cut at twice the limit only, so that each byte is copied a bounded number of times.
            if (kept.size() > 2 * limit) {
                cutToEnd();
            }
            return;
        }
        var room = limit - kept.size();
        kept.write(bytes, 0, Math.min(room, bytes.length));
        truncated |= bytes.length > room;
    }

    boolean truncated() {
        return truncated;
    }

    String text() {
        if (keepsEnd && kept.size() > limit) {
            cutToEnd();
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private void cutToEnd() {
        var all = kept.toByteArray();
        kept.reset();
        kept.write(all, all.length - limit, limit);
        truncated = true;
    }
}
