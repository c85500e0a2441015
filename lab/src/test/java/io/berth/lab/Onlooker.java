package io.berth.lab;

import io.berth.driver.HostRef;
import io.berth.driver.storage.CheckpointLedger.Entry;
import io.berth.driver.storage.CheckpointState;
import io.berth.engine.Engine;
import io.berth.opennebula.walk.Sight;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sees what there is of VMs on hosts and storage, past the drivers. Of a host without power, what its disk keeps. For one thread. */
final class Onlooker {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Lab lab;
    private final List<HostRef> hosts;
    private final Predicate<HostRef> hasPower;
    private final Engine engine;
    private final Traces traces;
    private final CephTraces images;
    private Optional<List<Entry>> known = Optional.empty();
    private Optional<List<SeenGuest>> knownGuests = Optional.empty();

    /** @param engine that lists what ledgers say */
    Onlooker(Lab lab, List<HostRef> hosts, Predicate<HostRef> hasPower, Engine engine) {
        this.lab = lab;
        this.hosts = hosts;
        this.hasPower = hasPower;
        this.engine = engine;
        this.traces = new Traces(lab);
        this.images = new CephTraces(lab);
    }

    Sight look(LabVm vm) {
        return look(vm, complete());
    }

    private Sight look(LabVm vm, List<Entry> complete) {
        return new Sight(
                hostsWhere(guest -> guest.name().equals(vm.name())),
                hostsWhere(guest -> guest.name().equals(vm.name()) && guest.runs()),
                complete.stream().anyMatch(entry -> isOf(entry, vm)),
                disks(vm));
    }

    /** A line of {@code virsh list}: of guests that are alive. */
    private record SeenGuest(HostRef host, String name, boolean runs) {
        static SeenGuest parse(HostRef host, String line) {
            var words = line.strip().split("\\s+");
            return new SeenGuest(host, words[1], words[2].equals("running"));
        }
    }

    private Set<HostRef> hostsWhere(Predicate<SeenGuest> condition) {
        return guests().stream().filter(condition).map(SeenGuest::host).collect(Collectors.toSet());
    }

    private List<SeenGuest> guests() {
        var guests = knownGuests.orElseGet(() -> hosts.stream()
                .filter(hasPower)
                .flatMap(host -> lab.in(host.name(), "virsh", "-q", "list")
                        .orFail()
                        .output()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> SeenGuest.parse(host, line)))
                .toList());
        knownGuests = Optional.of(guests);
        return guests;
    }

    /** Something was done, or has struck: where guests and checkpoints are is no longer known. */
    void lookAnew() {
        known = Optional.empty();
        knownGuests = Optional.empty();
    }

    private List<Entry> checkpoints() {
        var entries = known.orElseGet(this::listed);
        known = Optional.of(entries);
        return entries;
    }

    /** A host that was silent is asked again until it answers, or another in its place. */
    private List<Entry> listed() {
        var found = new ArrayList<Entry>();
        Waiting.until("all datastores answer", PATIENCE, () -> {
            var list = engine.checkpoints().list();
            found.clear();
            found.addAll(list.items());
            return list.silent().isEmpty();
        });
        return List.copyOf(found);
    }

    private List<Entry> complete() {
        return checkpoints().stream()
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .toList();
    }

    private static boolean isOf(Entry entry, LabVm vm) {
        return entry.record()
                .filter(record -> record.vm().uuid().equals(vm.uuid()))
                .isPresent();
    }

    /** Of VMs whose disks are images: where the directory is. */
    private Set<Home> disks(LabVm vm) {
        var here = vm.standing().home().datastore();
        return Stream.concat(Stream.of(here), here.alike().stream())
                .flatMap(datastore -> hosts.stream().map(host -> new Home(host, datastore)))
                .filter(home -> hasDisk(vm, home))
                .collect(Collectors.toSet());
    }

    private boolean hasDisk(LabVm vm, Home home) {
        var datastore = LabDatastore.of(home);
        var directory = datastore.folderOf(lab, home.host()).resolve(Integer.toString(vm.number()));
        if (datastore.hasImages()) {
            return Files.isDirectory(directory);
        }
        var spoken = Console.of(lab, vm.name()).last();
        return DiskRecord.read(directory.resolve("disk.0"))
                .filter(record -> record.isNotBefore(spoken))
                .isPresent();
    }

    /** What is against the promise whenever nobody is at work. */
    List<String> broken(List<LabVm> vms) {
        var complete = complete();
        return vms.stream()
                .flatMap(vm -> broken(vm, look(vm, complete), complete).stream())
                .toList();
    }

    private static List<String> broken(LabVm vm, Sight sight, List<Entry> complete) {
        var wrongs = new ArrayList<String>();
        if (sight.running().size() > 1) {
            wrongs.add(vm + " runs twice: " + sight);
        }
        if (!sight.running().isEmpty() && sight.isSaved()) {
            wrongs.add(vm + " runs beside its checkpoint: " + sight);
        }
        if (complete.stream().filter(entry -> isOf(entry, vm)).count() > 1) {
            wrongs.add(vm + " has several checkpoints: " + complete);
        }
        return wrongs;
    }

    /** What no VM is at home in when nothing is left to be done. */
    List<String> left(List<LabVm> vms) {
        return Stream.of(leftDirectories(vms), leftVolumes(vms), leftImages(vms), onHosts())
                .flatMap(left -> left)
                .toList();
    }

    private Stream<String> leftDirectories(List<LabVm> vms) {
        return Stream.of(LabDatastore.values())
                .flatMap(datastore -> hosts.stream()
                        .limit(datastore.isShared() ? 1 : hosts.size())
                        .map(host -> new Home(host, datastore))
                        .flatMap(home -> names(datastore.folderOf(lab, home.host())).stream()
                                .filter(name -> vms.stream().noneMatch(vm -> isAtHome(vm, name, home)))
                                .map(name -> "left at " + home + ": " + name)));
    }

    private static boolean isAtHome(LabVm vm, String name, Home home) {
        var here = vm.standing().home();
        return name.equals(Integer.toString(vm.number()))
                && here.datastore().equals(home.datastore())
                && (here.datastore().isShared() || here.host().equals(home.host()));
    }

    private static List<String> names(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checkpoints, whatever became of them, that belong to no VM that is saved; volumes without a checkpoint. */
    private Stream<String> leftVolumes(List<LabVm> vms) {
        var entries = checkpoints();
        var ownerless = entries.stream()
                .filter(entry -> vms.stream().noneMatch(vm -> isSaved(vm) && isOf(entry, vm)))
                .map(entry -> "left checkpoint: " + entry);
        var onFiles = entries.stream()
                .filter(entry -> entry.volume().datastore().equals(Site.FAST))
                .count();
        return traces.volumes().size() == onFiles
                ? ownerless
                : Stream.concat(ownerless, Stream.of("volumes of " + onFiles + " checkpoints: " + traces.volumes()));
    }

    private static boolean isSaved(LabVm vm) {
        return switch (vm.standing().state()) {
            case SUSPENDED, STOPPED -> true;
            case RUNNING, POWEROFF, UNDEPLOYED -> false;
        };
    }

    private Stream<String> leftImages(List<LabVm> vms) {
        var ofCheckpoints =
                checkpoints().stream().map(entry -> "berth." + entry.volume().name());
        var ofVms = vms.stream()
                .filter(vm -> LabDatastore.of(vm.standing().home()).hasImages())
                .map(vm -> LabDatastore.image(vm.number()));
        var known = Stream.concat(ofCheckpoints, ofVms).collect(Collectors.toSet());
        return images.images().stream().filter(image -> !known.contains(image)).map(image -> "left image: " + image);
    }

    private Stream<String> onHosts() {
        return Stream.concat(traces.onHosts().stream(), images.onHosts().stream())
                .map(trace -> "left on a host: " + trace);
    }

    /** Each that is believed to run goes on: the same memory, and no tick twice or left out. */
    void requireGoingOn(List<LabVm> vms) {
        vms.parallelStream()
                .filter(vm -> vm.standing().state() == State.RUNNING)
                .forEach(vm -> vm.hear(lab.goesOn(vm.name(), vm.heard())));
    }
}
