package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.StagingFile;
import io.berth.driver.storage.VolumeRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of a datastore's VM directories as each host has it. All names are durable at once; what is in a directory is
 * so when it was flushed.
 */
public final class SimulatedFolders {
    /** How long a host goes on to believe that a name isn't there. */
    public static final Duration MEMORY_OF_NAMES = Duration.ofSeconds(60);

    private final Kind kind;
    private final Clock clock;
    private final Map<String, Folder> folders = new LinkedHashMap<>();

    SimulatedFolders(Kind kind, Clock clock) {
        this.kind = kind;
        this.clock = clock;
    }

    /** Who sees the same. */
    public enum Kind {
        /** All hosts have one, and the configuration says so. */
        SHARED,
        /** Each host has a folder of its own, and the configuration says so. */
        APART,
        /** The same, and nobody says so. */
        UNTOLD_APART,
        /** All hosts have one, and nobody says so. */
        UNTOLD_SHARED,
        /** The same, but a host sees what another one made only after a while. */
        LATE;

        boolean isOne() {
            return this == SHARED || this == UNTOLD_SHARED || this == LATE;
        }
    }

    /** What a name stands for, since when, and who gave it. */
    private record Named(SimulatedDirectory directory, HostRef by, Instant since) {}

    /** One file system. */
    private static final class Folder {
        private final Map<String, Named> names = new LinkedHashMap<>();
        private final Set<String> notes = new LinkedHashSet<>();
        private final Set<OperationId> marks = new LinkedHashSet<>();
        private final Map<StagingFile, SimulatedVolume> staged = new LinkedHashMap<>();
        /** Names that a host has come upon before their time. */
        private final Set<String> met = new HashSet<>();
    }

    private Folder folder(HostRef host) {
        return folders.computeIfAbsent(kind.isOne() ? "" : host.name(), _ -> new Folder());
    }

    /** Whether all hosts have the same one. */
    public boolean isOne() {
        return kind.isOne();
    }

    public Optional<Sharing> declared() {
        return switch (kind) {
            case SHARED -> Optional.of(Sharing.SHARED);
            case APART -> Optional.of(Sharing.APART);
            case UNTOLD_APART, UNTOLD_SHARED, LATE -> Optional.empty();
        };
    }

    /** What a host finds out by writing and reading. */
    public Sharing found() {
        return kind == Kind.SHARED || kind == Kind.UNTOLD_SHARED ? Sharing.SHARED : Sharing.NOT_SEEN;
    }

    public Duration memoryOfNames() {
        return declared().isPresent() ? Duration.ZERO : MEMORY_OF_NAMES;
    }

    /** As that host sees it. */
    public Optional<SimulatedDirectory> find(HostRef host, String name) {
        return Optional.ofNullable(folder(host).names.get(name))
                .filter(named -> isSeen(host, name, named))
                .map(Named::directory);
    }

    private boolean isSeen(HostRef host, String name, Named named) {
        return kind != Kind.LATE
                || named.by().equals(host)
                || folder(host).met.contains(name)
                || !clock.instant().isBefore(named.since().plus(MEMORY_OF_NAMES));
    }

    public void put(HostRef host, String name, SimulatedDirectory directory) {
        folder(host).names.put(name, new Named(directory, host, clock.instant()));
    }

    /** False when the new name is taken, whatever the host believed of it. From then on it knows better. */
    public boolean rename(HostRef host, String from, String to) {
        var folder = folder(host);
        var named = folder.names.get(from);
        if (named == null) {
            return true;
        }
        if (folder.names.containsKey(to)) {
            folder.met.add(to);
            return false;
        }
        folder.names.remove(from);
        put(host, to, named.directory());
        return true;
    }

    public void remove(HostRef host, String name) {
        folder(host).names.remove(name);
    }

    /** Notes that are kept beside directories. */
    public Set<String> notes(HostRef host) {
        return folder(host).notes;
    }

    /** Operations that have written something for another host to see. */
    public Set<OperationId> marks(HostRef host) {
        return folder(host).marks;
    }

    /** Files that memory goes through; they may be written and read as volumes are. */
    public Map<StagingFile, SimulatedVolume> staged(HostRef host) {
        return Collections.unmodifiableMap(folder(host).staged);
    }

    public void stage(HostRef host, StagingFile file, DataSize size) {
        folder(host)
                .staged
                .computeIfAbsent(
                        file,
                        _ -> new SimulatedVolume(
                                new VolumeRef("staged", file.operation().id()), new Extent(0), size));
    }

    public void unstage(HostRef host, StagingFile file) {
        folder(host).staged.remove(file);
    }

    /** On every host that sees it. */
    public static DevicePath path(StagingFile file) {
        return new DevicePath("/staged/" + file.operation() + "." + file.vm());
    }

    /** Every directory that is on any medium, under whatever name. */
    public Stream<SimulatedDirectory> everywhere() {
        return folders.values().stream()
                .flatMap(folder -> folder.names.values().stream())
                .map(Named::directory);
    }

    /** All that is there, whoever sees it. */
    public Set<String> names(HostRef host) {
        return new TreeSet<>(folder(host).names.keySet());
    }

    void losePower(HostRef host, boolean unlucky) {
        folder(host).names.values().stream()
                .filter(named -> named.by().equals(host))
                .forEach(named -> named.directory().losePower(unlucky));
        folder(host).staged.values().stream().map(SimulatedVolume::extent).forEach(extent -> {
            if (unlucky) {
                extent.loseWritesOf(host);
            } else {
                extent.keepWritesOf(host);
            }
        });
    }
}
