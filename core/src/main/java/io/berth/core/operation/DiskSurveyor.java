package io.berth.core.operation;

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
     * @param obstacles why the guest wouldn't have its disks at the target
     */
    record Findings(List<DirectoryMove> moves, List<Failure> obstacles) {
        Findings {
            moves = List.copyOf(moves);
            obstacles = List.copyOf(obstacles);
        }
    }

    Findings look(Passage passage) {
        var survey = new Survey(passage);
        if (passage.isElsewhere()) {
            if (passage.sourceAnswers()) {
                disks(passage.from(), passage.definition()).forEach(disk -> survey.takeAlong(disk.path()));
            } else {
                disks(passage.to(), passage.targetDefinition()).forEach(survey::requireShared);
            }
        }
        disks(passage.to(), passage.targetDefinition()).forEach(survey::requirePresent);
        survey.requireTidiedUp();
        return new Findings(List.copyOf(survey.moves.values()), survey.obstacles);
    }

    /** Why a guest that runs can't keep its disks on the way. What isn't known beforehand the hypervisor finds out. */
    List<Failure> liveObstacles(HostRef from, HostRef to, String definition) {
        return disks(from, definition).stream()
                .flatMap(disk -> finder.place(from, disk.path()).stream())
                .filter(found -> found.directories().declared(from, to).equals(Optional.of(Sharing.APART)))
                .map(found -> notLive(found.place(), from, to))
                .toList();
    }

    private List<DiskSource> disks(HostRef host, String definition) {
        return wiring.drivers().hypervisor(host).disks(definition);
    }

    private static Failure notLive(DiskPlace place, HostRef from, HostRef to) {
        return Failure.of(
                        FailureKind.CALLER,
                        "migrate.directory-not-shared",
                        "the guest can't go live: its disks stay behind")
                .host(to)
                .why(what(place) + " is " + from + "'s alone, the datastore's configuration says")
                .next("say --cold: through a checkpoint its directory goes along")
                .build();
    }

    private static String what(DiskPlace place) {
        return switch (place) {
            case DiskPlace.Inside(var directory) -> "directory " + directory;
            case DiskPlace.Linked(var directory, var _) -> "directory " + directory;
            case DiskPlace.Loose _ -> "a disk outside of every VM directory";
        };
    }

    /** What is found on one passage. */
    private final class Survey {
        private final Passage passage;
        private final Map<VmDirectory, DirectoryMove> moves = new LinkedHashMap<>();
        private final Set<String> brought = new LinkedHashSet<>();
        private final List<Failure> obstacles = new ArrayList<>();

        Survey(Passage passage) {
            this.passage = passage;
        }

        void takeAlong(String path) {
            var found = finder.place(passage.from(), path);
            if (found.isEmpty() || isDeclaredShared(found.get())) {
                return;
            }
            switch (found.get().place()) {
                case DiskPlace.Inside(var directory) -> move(found.get(), directory, path);
                case DiskPlace.Linked(var directory, var target) -> {
                    move(found.get(), directory, path);
                    takeAlong(target);
                    if (!brought.contains(target)) {
                        requirePresent(new DiskSource(path, target));
                    }
                }
                case DiskPlace.Loose _ -> obstacles.add(loose(path));
            }
        }

        private void move(DiskFinder.Found found, VmDirectory directory, String path) {
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
            return new DirectoryMove(directory, passage.from(), passage.to(), isApart, content.size());
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
        void requireTidiedUp() {
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
