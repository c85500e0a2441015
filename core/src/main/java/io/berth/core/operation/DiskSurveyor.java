package io.berth.core.operation;

import io.berth.core.disk.DiskFinder;
import io.berth.core.operation.DirectoryMove.WrittenDisk;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.Printable;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.DiskSource;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out whether a guest has its disks where it is to go on, or what has to be brought there. Only looks. */
final class DiskSurveyor {
    private final Wiring wiring;
    private final DiskFinder finder;

    DiskSurveyor(Wiring wiring) {
        this.wiring = wiring;
        this.finder = new DiskFinder(wiring.drivers());
    }

    /**
     * A guest on its way to another host, or back to where it was.
     *
     * @param definition as it was at the source
     * @param targetDefinition as it is to be at the target
     * @param sourceAnswers whether the source can be asked
     */
    record Passage(
            VmRef vm, HostRef from, HostRef to, String definition, String targetDefinition, boolean sourceAnswers) {
        boolean isElsewhere() {
            return !from.equals(to);
        }
    }

    /**
     * @param moves directories to be taken along
     * @param brought disks that are in them, by their names inside the guest
     * @param obstacles why the guest wouldn't have its disks at the target
     */
    record Findings(List<DirectoryMove> moves, Set<String> brought, List<Failure> obstacles) {
        Findings {
            moves = List.copyOf(moves);
            brought = Set.copyOf(brought);
            obstacles = List.copyOf(obstacles);
        }

        /** Those of them that the guest can write. */
        Set<String> written() {
            return moves.stream()
                    .flatMap(move -> move.written().stream())
                    .map(WrittenDisk::target)
                    .collect(Collectors.toSet());
        }
    }

    Findings look(Passage passage) {
        var survey = new Survey(passage);
        if (passage.isElsewhere()) {
            if (passage.sourceAnswers()) {
                disks(passage.from(), passage.definition()).forEach(survey::takeAlong);
            } else {
                disks(passage.to(), passage.targetDefinition()).forEach(survey::requireShared);
            }
        }
        disks(passage.to(), passage.targetDefinition()).forEach(survey::requirePresent);
        return survey.findings();
    }

    /** For a guest that runs on: whether the target has the disks that don't go along the hypervisor finds out. */
    Findings lookLive(Passage passage) {
        var survey = new Survey(passage);
        disks(passage.from(), passage.definition()).forEach(survey::takeAlong);
        return survey.findings();
    }

    private List<DiskSource> disks(HostRef host, String definition) {
        return wiring.drivers().hypervisor(host).disks(definition);
    }

    private static String what(DiskPlace place) {
        return switch (place) {
            case DiskPlace.Inside(var directory, var _) -> "directory " + directory;
            case DiskPlace.Linked(var directory, var _) -> "directory " + directory;
            case DiskPlace.Loose _ -> "a disk outside of every VM directory";
        };
    }

    /** What is found on one passage. */
    private final class Survey {
        private final Passage passage;
        private final Map<VmDirectory, DirectoryMove> moves = new LinkedHashMap<>();
        private final Map<VmDirectory, List<WrittenDisk>> written = new LinkedHashMap<>();
        private final Set<String> brought = new LinkedHashSet<>();
        private final Set<String> targets = new LinkedHashSet<>();
        private final List<Failure> obstacles = new ArrayList<>();

        Survey(Passage passage) {
            this.passage = passage;
        }

        Findings findings() {
            requireTidiedUp();
            var all = moves.values().stream()
                    .map(move -> move.with(written.getOrDefault(move.directory(), List.of())))
                    .toList();
            return new Findings(all, targets, obstacles);
        }

        void takeAlong(DiskSource disk) {
            takeAlong(disk, disk.path());
        }

        private void takeAlong(DiskSource disk, String path) {
            var found = finder.place(passage.from(), path);
            if (found.isEmpty() || isDeclaredShared(found.get())) {
                return;
            }
            switch (found.get().place()) {
                case DiskPlace.Inside(var directory, var file) -> {
                    move(found.get(), directory, disk, path);
                    if (!disk.readOnly()) {
                        written.computeIfAbsent(directory, _ -> new ArrayList<>())
                                .add(new WrittenDisk(disk.target(), disk.path(), file));
                    }
                }
                case DiskPlace.Linked(var directory, var original) -> {
                    move(found.get(), directory, disk, path);
                    takeAlong(disk, original);
                    requirePresent(new DiskSource(path, original, disk.readOnly()));
                }
                case DiskPlace.Loose _ -> obstacles.add(loose(path));
            }
        }

        private void move(DiskFinder.Found found, VmDirectory directory, DiskSource disk, String path) {
            targets.add(disk.target());
            brought.add(path);
            if (!moves.containsKey(directory)) {
                if (found.storage().serves(passage.to())) {
                    moves.put(directory, measured(found, directory));
                } else {
                    obstacles.add(outOfReach(directory));
                }
            }
        }

        private DirectoryMove measured(DiskFinder.Found found, VmDirectory directory) {
            var directories = found.directories();
            var isApart = directories.declared(passage.from(), passage.to()).isPresent();
            var content = directories.content(passage.from(), directory).orElseThrow(() -> vanished(directory));
            if (directories.content(passage.to(), directory).isEmpty()) {
                var free = directories.capacity(passage.to()).free();
                if (content.allocated().exceeds(free)) {
                    obstacles.add(noRoom(directory, "it takes " + content.allocated() + ", free are " + free));
                }
            } else if (isApart) {
                obstacles.add(occupied(directory));
            }
            return new DirectoryMove(directory, passage.from(), passage.to(), isApart, content.size(), List.of());
        }

        /** What can't be brought, since its host is silent, has to be there already. */
        void requireShared(DiskSource disk) {
            try {
                finder.place(passage.to(), disk.path())
                        .filter(found -> !isDeclaredShared(found))
                        .ifPresent(found -> obstacles.add(leftBehind(found.place())));
            } catch (Failure failure) {
                if (!failure.is("disk.absent")) {
                    throw failure;
                }
            }
        }

        void requirePresent(DiskSource disk) {
            if (brought.contains(disk.path())) {
                return;
            }
            var there = finder.size(passage.to(), disk.path());
            if (there.isEmpty()) {
                obstacles.add(absent(disk));
            } else if (passage.isElsewhere() && passage.sourceAnswers()) {
                finder.size(passage.from(), disk.path())
                        .filter(here -> !here.equals(there.get()))
                        .ifPresent(here -> obstacles.add(other(disk, "it has " + there.get() + ", not " + here)));
            }
        }

        /** An operation that still has a directory of the VM to remove mustn't meet one that brings it back. */
        private void requireTidiedUp() {
            if (moves.isEmpty()) {
                return;
            }
            wiring.journal().open(passage.vm().uuid()).stream()
                    .findFirst()
                    .ifPresent(open -> obstacles.add(Failure.of(
                                    FailureKind.CONFLICT,
                                    "vm.needs-recovery",
                                    passage.vm() + " has an unfinished " + open.kind())
                            .why("operation " + open.id() + " hasn't tidied up yet")
                            .next("run 'berth recover', then try again")
                            .build()));
        }

        private boolean isDeclaredShared(DiskFinder.Found found) {
            return found.directories().declared(passage.from(), passage.to()).equals(Optional.of(Sharing.SHARED));
        }

        private Failure absent(DiskSource disk) {
            return about(FailureKind.STORAGE, "disk.absent", "the host doesn't have disk " + disk.target())
                    .why("nothing is at " + Printable.line(disk.path()))
                    .next("give it the disk under that path, or choose another host")
                    .build();
        }

        private Failure other(DiskSource disk, String why) {
            return about(FailureKind.STORAGE, "disk.other", "the host has another disk " + disk.target())
                    .why("at " + Printable.line(disk.path()) + " " + why)
                    .next("give both hosts the same disk under that path, or choose another host")
                    .build();
        }

        private Failure loose(String path) {
            return about(FailureKind.CALLER, "disk.loose", "a disk can't be brought along")
                    .why(Printable.line(path) + " is in no VM directory, and the hosts may not share that folder")
                    .next(
                            "put it into a folder of the VM's own below the datastore's; or, if the hosts do share it, set"
                                    + " 'shared: yes'")
                    .build();
        }

        private Failure leftBehind(DiskPlace place) {
            return about(FailureKind.ENVIRONMENT, "disk.left-behind", "the VM's disks may be on its old host alone")
                    .why(passage.from() + " doesn't answer, and " + what(place) + " may be another one there")
                    .next("make " + passage.from() + " answer; or, if the hosts share that folder, set 'shared: yes'")
                    .build();
        }

        private Failure outOfReach(VmDirectory directory) {
            return about(FailureKind.CALLER, "directory.out-of-reach", "the target has no place for " + directory)
                    .why("datastore " + directory.datastore() + " isn't configured for it")
                    .next("name another host, or give that one a folder of the datastore")
                    .build();
        }

        private Failure occupied(VmDirectory directory) {
            return about(FailureKind.CONFLICT, "directory.occupied", "the target has a directory " + directory)
                    .why("one can't take the place of another")
                    .next(
                            "see whose it is: 'berth gc' finds what Berth has left; if the hosts share the folder after all,"
                                    + " set 'shared: yes'")
                    .build();
        }

        private Failure noRoom(VmDirectory directory, String why) {
            return about(FailureKind.STORAGE, "storage.no-room", "no room for directory " + directory)
                    .why(why)
                    .next("make room there, or choose another host")
                    .build();
        }

        private Failure vanished(VmDirectory directory) {
            return Failure.of(FailureKind.CONFLICT, "directory.absent", "directory " + directory + " is gone")
                    .host(passage.from())
                    .why("it was there a moment ago")
                    .next("find out who has moved it, then try again")
                    .build();
        }

        private Failure.Builder about(FailureKind kind, String code, String what) {
            return Failure.of(kind, code, what).host(passage.to());
        }
    }
}
