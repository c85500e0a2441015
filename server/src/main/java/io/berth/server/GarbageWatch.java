package io.berth.server;

import io.berth.driver.Printable;
import io.berth.engine.Upkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of what nobody owns. Deleting it is for people. */
final class GarbageWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("berth.daemon");

    private final Upkeep upkeep;

    GarbageWatch(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public void run() {
        var found = upkeep.collectGarbage(false);
        found.silent()
                .forEach(failure -> LOG.warn(
                        "event=leftovers-not-seen why={}", Printable.line(String.valueOf(failure.getMessage()))));
        found.items()
                .forEach(leftover -> LOG.warn(
                        "event=leftover volume={} verdict={} size={} note={}",
                        leftover.volume(),
                        leftover.verdict(),
                        leftover.size(),
                        Printable.line(leftover.remark())));
    }
}
