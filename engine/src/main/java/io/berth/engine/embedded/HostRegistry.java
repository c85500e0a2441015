package io.berth.engine.embedded;

import io.berth.core.journal.Journal;
import io.berth.core.journal.Journal.HostEntry;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hosts that were added. What was once read stays at hand: undoing must go on when the journal can't be read any
 * more. Thread-safe.
 */
final class HostRegistry {
    private final Journal journal;
    private final Map<HostRef, HostEntry> known = new ConcurrentHashMap<>();

    HostRegistry(Journal journal) {
        this.journal = journal;
    }

    /** Read anew: another process may have added one. */
    List<HostEntry> entries() {
        var entries = journal.hosts();
        entries.forEach(entry -> known.put(entry.host(), entry));
        return entries;
    }

    SortedSet<HostRef> hosts() {
        var hosts = new TreeSet<HostRef>();
        entries().forEach(entry -> hosts.add(entry.host()));
        return hosts;
    }

    /** @throws Failure {@code host.unknown} (CALLER) */
    HostEntry entry(HostRef host) {
        var entry = known.get(host);
        if (entry != null) {
            return entry;
        }
        return entries().stream()
                .filter(candidate -> candidate.host().equals(host))
                .findFirst()
                .orElseThrow(() -> Failure.of(FailureKind.CALLER, "host.unknown", "there is no host " + host)
                        .why("it was never added, or it was removed")
                        .next("see 'berth host list'; add it with 'berth host add " + host + " --address ADDRESS'")
                        .build());
    }

    /** Known in this process, so that it can be tried out, but not written down. */
    void tryOut(HostEntry entry) {
        known.put(entry.host(), entry);
    }

    void dropTrial(HostRef host) {
        known.remove(host);
    }

    void put(HostEntry entry) {
        journal.putHost(entry);
        known.put(entry.host(), entry);
    }

    void remove(HostRef host) {
        journal.removeHost(host);
        known.remove(host);
    }
}
