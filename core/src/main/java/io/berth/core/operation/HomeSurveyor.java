package io.berth.core.operation;

import io.berth.core.disk.DirectoryUsers;
import io.berth.core.disk.DiskFinder;
import io.berth.core.operation.TerminateSurvey.Home;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.DiskSource;
import io.berth.driver.hypervisor.GuestView;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.DiskPlace;
import io.berth.driver.storage.Sharing;
import io.berth.driver.storage.VmDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the directories of a VM that is to be ended, wherever a host or a checkpoint knows it, and, when they are to go with
 * it, what stands against that. Only looks.
 */
final class HomeSurveyor {
    private final Wiring wiring;
    private final VmRef vm;
    private final TerminateRequest request;
    private final DiskFinder finder;
    private final List<Home> homes = new ArrayList<>();
    private final List<Failure> obstacles = new ArrayList<>();

    HomeSurveyor(Wiring wiring, VmRef vm, TerminateRequest request) {
        this.wiring = wiring;
        this.vm = vm;
        this.request = request;
        this.finder = new DiskFinder(wiring.drivers());
    }

    /** @param obstacles why some of them can't be found, or mustn't be deleted */
    record Findings(List<Home> homes, List<Failure> obstacles) {
        Findings {
            homes = List.copyOf(homes);
            obstacles = List.copyOf(obstacles);
        }
    }

    Findings look(GuestFinder.Sighting sighting, List<Entry> unused) {
        if (wiring.drivers().datastores().values().stream()
                .allMatch(storage -> storage.directories().isEmpty())) {
            return new Findings(List.of(), List.of());
        }
        sighting.views().forEach(view -> noting(() -> addOf(view)));
        unused.stream()
                .flatMap(entry -> entry.record().stream())
                .forEach(record -> noting(() -> addOf(record, sighting)));
        if (request.deletesDirectories()) {
            noting(this::requireTidiedUp);
            homes.forEach(home -> noting(() -> requireDeletable(home)));
        }
        return new Findings(homes, obstacles);
    }

    private void noting(Runnable look) {
        try {
            look.run();
        } catch (Failure failure) {
            obstacles.add(failure);
        }
    }

    private void addOf(GuestView view) {
        var found = wiring.drivers().hypervisor(view.host()).describe(view.host(), vm);
        Stream.concat(Stream.of(found.definition()), found.persistentDefinition().stream())
                .forEach(definition -> addAll(view.host(), definition));
    }

    private void addOf(CheckpointRecord record, GuestFinder.Sighting sighting) {
        var hosts = wiring.drivers().hosts().stream()
                .filter(host -> !sighting.silent().contains(host)
                        && !request.deadHosts().contains(host))
                .toList();
        var home = new DirectoryHome(wiring.journal()).of(record);
        if (hosts.contains(home)) {
            addAll(home, record.definition());
        } else {
            hosts.stream().findFirst().ifPresent(host -> addSeenFrom(host, home, record));
        }
    }

    /** What their silent host has for itself nobody else sees. */
    private void addSeenFrom(HostRef host, HostRef home, CheckpointRecord record) {
        for (var disk : writable(host, record.definition())) {
            var found = place(host, disk.path()).orElseThrow(() -> notSeen(home));
            if (!found.directories().declared(home, host).equals(Optional.of(Sharing.SHARED))) {
                throw notSeen(home);
            }
            own(found.place()).ifPresent(directory -> add(new Home(directory, host)));
        }
    }

    private void addAll(HostRef host, String definition) {
        for (var disk : writable(host, definition)) {
            place(host, disk.path())
                    .flatMap(found -> own(found.place()))
                    .ifPresent(directory -> add(new Home(directory, host)));
        }
    }

    /** Empty when nothing is there, or no datastore of files knows it. */
    private Optional<DiskFinder.Found> place(HostRef host, String path) {
        try {
            return finder.place(host, path);
        } catch (Failure failure) {
            if (failure.is("disk.absent")) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** What a VM can only read, such as an installation medium, doesn't make a folder the VM's own. */
    private List<DiskSource> writable(HostRef host, String definition) {
        return wiring.drivers().hypervisor(host).disks(definition).stream()
                .filter(disk -> !disk.readOnly())
                .toList();
    }

    /** Not what a link in it leads to. */
    private static Optional<VmDirectory> own(DiskPlace place) {
        return switch (place) {
            case DiskPlace.Inside(var directory, var _) -> Optional.of(directory);
            case DiskPlace.Linked(var directory, var _) -> Optional.of(directory);
            case DiskPlace.Loose _ -> Optional.empty();
        };
    }

    /** Hosts that share it have one. */
    private void add(Home home) {
        var directories = wiring.drivers()
                .storage(home.directory().datastore())
                .directories()
                .orElseThrow();
        var isKnown = homes.stream()
                .filter(known -> known.directory().equals(home.directory()))
                .anyMatch(known -> directories.declared(known.at(), home.at()).equals(Optional.of(Sharing.SHARED)));
        if (!isKnown) {
            homes.add(home);
        }
    }

    /** What else the VM has left is found by what it has where it is. */
    private void requireTidiedUp() {
        if (!homes.isEmpty() && new DirectoryLeftovers(wiring).isAnythingOf(vm)) {
            throw Failure.of(FailureKind.CONFLICT, "directory.left-over", vm + " has directories elsewhere, too")
                    .why("it has left a host that was away when its directory was to be removed there")
                    .next(
                            "run 'berth gc --delete'; where it names two directories, remove the older one; then try again")
                    .build();
        }
    }

    private void requireDeletable(Home home) {
        var directories = wiring.drivers()
                .storage(home.directory().datastore())
                .directories()
                .orElseThrow();
        try {
            var _ = directories.content(home.at(), home.directory());
        } catch (Failure failure) {
            if (!failure.is("directory.special-file")) { // stands only against a move
                throw failure;
            }
        }
        new DirectoryUsers(wiring.drivers())
                .requireNone(new DirectoryUsers.Question(
                        home.directory(), home.at(), request.deadHosts(), Optional.of(vm.uuid())));
    }

    private static Failure notSeen(HostRef source) {
        return Failure.of(FailureKind.ENVIRONMENT, "directory.not-seen", "nobody can look at the VM's disks")
                .host(source)
                .why("they may be on this host alone, which doesn't answer")
                .next("make the host answer; or end the VM without deleting its directory")
                .build();
    }
}
