package io.berth.simulator.world;

import io.berth.driver.HostRef;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of physical storage. Volumes come and go on it; what was written and not flushed is lost when the host that
 * wrote it loses power, or the storage does. Each host has blocks of it in a cache that nobody keeps coherent.
 */
public final class Extent {
    private final int number;
    private Content durable = Content.NOTHING;
    private Content written = Content.NOTHING;
    private @Nullable HostRef writer;
    private boolean lostWrites;

    Extent(int number) {
        this.number = number;
    }

    /** Puts content there as it was left long ago: durable. */
    public void leave(Content content) {
        durable = content;
        written = content;
    }

    public void write(SimulatedHost host, Content content) {
        written = content;
        writer = host.ref();
        lostWrites = false;
        host.cache(this, content);
    }

    /** Writes through to the medium. */
    public void overwrite(SimulatedHost host, Content content) {
        write(host, content);
        durable = content;
    }

    /** Answers whether everything written is durable; false once writes were lost. */
    public boolean flush() {
        if (lostWrites) {
            return false;
        }
        durable = written;
        return true;
    }

    void loseWritesOf(HostRef host) {
        if (host.equals(writer)) {
            loseWrites();
        }
    }

    void keepWritesOf(HostRef host) {
        if (host.equals(writer)) {
            durable = written;
        }
    }

    void loseWrites() {
        lostWrites |= !written.equals(durable);
        written = durable;
    }

    void loseWritesSilently() {
        written = durable;
    }

    /** As the host sees it: what it has cached may be long out of date. */
    public Content seenBy(SimulatedHost host) {
        var cached = host.cached(this).orElse(written);
        host.cache(this, cached);
        return cached;
    }

    /** As it is, past every cache. */
    public Content written() {
        return written;
    }

    /** As it will be after a loss of power. */
    public Content durable() {
        return durable;
    }

    public void discardFrom(SimulatedHost host, long offset) {
        durable = durable.cutAt(offset);
        write(host, written.cutAt(offset));
    }

    @Override
    public String toString() {
        return "extent " + number;
    }
}
