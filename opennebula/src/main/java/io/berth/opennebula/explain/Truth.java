package io.berth.opennebula.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What state a VM is in, whatever OpenNebula believes. */
public sealed interface Truth {
    /** Its guest runs on that host and nowhere else. Whatever checkpoint file there may be is older than it. */
    record Runs(String host) implements Truth {}

    /** Its guest stands still on that host: by its owner's wish, or because it is being saved or moved. */
    record StandsStill(String host) implements Truth {}

    /**
     * Its memory is in one complete checkpoint, and no guest exists.
     *
     * @param what of all its names the one to tell
     * @param where the machines that see the file; empty when it is on a datastore of Berth's, which finds it by itself
     */
    record Saved(String what, Set<String> where) implements Truth {
        public Saved {
            where = Set.copyOf(where);
        }

        /** Whether a restore on that machine finds it. */
        boolean isSeenAt(String host) {
            return where.isEmpty() || where.contains(host);
        }
    }

    /** There is neither guest nor complete checkpoint: its disks are what is left of it. */
    record Nowhere() implements Truth {}

    /** It exists more than once, or is alive where OpenNebula has never put it. */
    record Contradictory(String what) implements Truth {}

    /** Berth itself isn't done with it. */
    record InHand(String operation) implements Truth {}

    /** Something gave no answer that would be needed to tell. */
    record Untold(String why) implements Truth {}

    static Truth of(Facts facts) {
        if (!facts.unfinished().isEmpty()) {
            return new InHand(facts.unfinished().getFirst());
        }
        var alive = alive(facts);
        var saved = saved(facts, alive);
        if (alive.size() + saved.size() > 1 || !facts.elsewhere().isEmpty()) {
            return new Contradictory(everything(facts, alive, saved));
        }
        return missing(facts, alive, saved).<Truth>map(Untold::new).orElseGet(() -> only(alive, saved));
    }

    /** The front-end is a machine of its own here only for its folders: a guest there is one of the host it also is. */
    private static List<HostSight> alive(Facts facts) {
        return facts.hosts().stream()
                .filter(sight -> sight.guest().isAlive() && !sight.isFrontEnd())
                .toList();
    }

    private static List<Saved> saved(Facts facts, List<HostSight> alive) {
        if (!facts.blocks().isEmpty()) {
            // The file may be a link to the very block: one checkpoint, with two names.
            return facts.blocks().stream()
                    .map(block -> new Saved(block, Set.of()))
                    .toList();
        }
        // A guest that runs has gone on since: no file holds its memory any more.
        var isStale = alive.stream().anyMatch(sight -> sight.guest() == GuestSight.RUNNING);
        return isStale ? List.of() : files(facts);
    }

    private static List<Saved> files(Facts facts) {
        Map<String, Set<String>> files = new LinkedHashMap<>();
        for (var sight : facts.hosts()) {
            if (sight.folder().memory() == MemoryFile.COMPLETE) {
                var identity = sight.folder().memoryIdentity();
                var key = identity.isEmpty() ? sight.host() : identity;
                files.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(sight.host());
            }
        }
        return files.values().stream()
                .map(where -> new Saved("the checkpoint file at " + String.join(", ", where), where))
                .toList();
    }

    /** What would have to be known and isn't. */
    private static Optional<String> missing(Facts facts, List<HostSight> alive, List<Saved> saved) {
        var gaps = new ArrayList<String>();
        for (var sight : facts.hosts()) {
            if (sight.isSilent() && !sight.isFrontEnd()) {
                gaps.add(sight.host() + ": " + sight.why());
            } else if (sight.guest() == GuestSight.BETWEEN && !sight.isFrontEnd()) {
                gaps.add(sight.host() + ": its guest is in no state to stay in there");
            } else if (sight.folder().memory() == MemoryFile.UNTOLD
                    && alive.isEmpty()
                    && facts.blocks().isEmpty()) {
                gaps.add(sight.host() + ": whether a checkpoint lies in its folder can't be seen");
            }
        }
        if (saved.isEmpty() && alive.isEmpty()) {
            gaps.addAll(facts.silent());
        }
        return gaps.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", gaps));
    }

    private static Truth only(List<HostSight> alive, List<Saved> saved) {
        if (!saved.isEmpty()) {
            return saved.getFirst();
        }
        return alive.stream().findFirst().map(Truth::alive).orElseGet(Nowhere::new);
    }

    private static Truth alive(HostSight sight) {
        return sight.guest() == GuestSight.RUNNING ? new Runs(sight.host()) : new StandsStill(sight.host());
    }

    private static String everything(Facts facts, List<HostSight> alive, List<Saved> saved) {
        var guests = Stream.concat(alive.stream().map(HostSight::host), facts.elsewhere().stream())
                .map(host -> "a guest at " + host);
        return String.join(
                ", ", Stream.concat(guests, saved.stream().map(Saved::what)).toList());
    }
}
