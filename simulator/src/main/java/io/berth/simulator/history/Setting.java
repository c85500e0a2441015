package io.berth.simulator.history;

import io.berth.core.operation.Sweep;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VmDirectory;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.fault.DirectoryOwner;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.lifecycle.Life;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedFolders.Kind;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a history takes place: three hosts, thin storage and thick storage, and three guests: one that its host starts by
 * itself, one that no host has a definition of, one that its owner has paused. In most histories one of them, by the seed,
 * has its disk in a directory, which the hosts share or don't.
 */
final class Setting {
    static final List<HostRef> HOSTS = List.of(new HostRef("h1"), new HostRef("h2"), new HostRef("h3"));
    static final List<String> DATASTORES = List.of("thin", "thick");
    private static final String FILES = "files";
    private static final List<Kind> FOLDERS = List.of(Kind.APART, Kind.UNTOLD_APART, Kind.UNTOLD_SHARED, Kind.LATE);
    /** As many as guests, and one more for none of them. */
    private static final int HOUSES = 4;

    private static final DataSize MEMORY = DataSize.ofMebibytes(256);
    /** Of each host: enough for all guests. */
    private static final DataSize ROOM = DataSize.ofMebibytes(1024);

    private final World world;
    private final DirectoryOwner owner;
    private final JournalStore journal = new JournalStore();
    private final PromiseChecker checker;
    private final Map<String, Owned> machines = new LinkedHashMap<>();
    private final Set<VmRef> doubted = new HashSet<>();
    private final Kind folders;
    /** Which guest has its disk in a directory; none where there are no more. */
    private final int housed;

    private boolean hasDeclaredDead;

    Setting(long seed, Variation variation) {
        world = new World(seed, variation.hostsRefuseLowerEpochs());
        owner = new DirectoryOwner(world);
        housed = Math.floorMod(seed, HOUSES);
        HOSTS.forEach(host -> world.addHost(host.name(), ROOM));
        world.addDatastore("thin", new StorageCapabilities(true, true, true, true, true));
        world.addDatastore("thick", new StorageCapabilities(false, true, true, true, false));
        folders = FOLDERS.get(Math.floorMod(seed / HOUSES, FOLDERS.size()));
        world.addFolders(FILES, folders);
        checker = new PromiseChecker(world, journal);
        add("auto", 0, true, true, false);
        add("bare", 1, false, false, false);
        add("calm", 2, true, false, true);
        world.pass(Duration.ofSeconds(1));
        world.afterStart(copy -> machine(copy.vm()).runs());
        checker.takeBaseline();
    }

    private void add(String name, int host, boolean persistent, boolean autostart, boolean paused) {
        var guest = world.addGuest(name, MEMORY, DataSize.ofMebibytes(100).bytes() + world.chance(1 << 20));
        var at = world.host(HOSTS.get(host));
        if (host == housed) {
            world.putIntoDirectory(guest, at, new VmDirectory(FILES, name));
        }
        var copy = world.boot(guest, at, persistent);
        var machine = new Owned(guest, persistent, autostart, paused);
        if (persistent) {
            at.definitions().put(guest.vm().uuid(), machine.definition());
        }
        if (paused) {
            copy.pause();
        }
        machines.put(name, machine);
        var old = Content.finished(copy.image());
        var recycled = world.datastore("thick").recycled(old);
        HOSTS.forEach(each -> world.host(each).cache(recycled, old));
    }

    /** A guest and what its owner wants of it. */
    static final class Owned {
        private final Guest guest;
        private final boolean persistent;
        private final boolean autostart;
        private boolean paused;

        private Owned(Guest guest, boolean persistent, boolean autostart, boolean paused) {
            this.guest = guest;
            this.persistent = persistent;
            this.autostart = autostart;
            this.paused = paused;
        }

        Guest guest() {
            return guest;
        }

        VmRef vm() {
            return guest.vm();
        }

        /** Its disk is in a directory. */
        boolean isHoused() {
            return guest.directory().isPresent();
        }

        boolean persistent() {
            return persistent;
        }

        /** Such a guest isn't for the fast writer: promise.md says what may become of it. */
        boolean autostart() {
            return autostart;
        }

        boolean paused() {
            return paused;
        }

        /** Its owner has let it run. */
        void runs() {
            paused = false;
        }

        String definition() {
            return autostart ? guest.autostartedDefinition() : guest.definition();
        }
    }

    Collection<Owned> machines() {
        return machines.values();
    }

    Owned machine(VmRef vm) {
        return machine(vm.name());
    }

    Owned machine(String name) {
        var machine = machines.get(name);
        if (machine == null) {
            throw new IllegalArgumentException("no guest " + name);
        }
        return machine;
    }

    Expectation expectation(VmRef vm) {
        var machine = machine(vm);
        return new Expectation(vm, machine.persistent, machine.paused, dark());
    }

    /** As {@link #expectation}, at the end: a host that was declared dead may have lost the guest's definition. */
    Expectation lastExpectation(VmRef vm) {
        var machine = machine(vm);
        var isKnown = machine.persistent && !hasDeclaredDead;
        return new Expectation(vm, hosts(vm).isEmpty() ? isKnown : machine.persistent, machine.paused, Set.of());
    }

    /** What users are asked to be sure of: hosts that have no power now. */
    Set<HostRef> declareDead() {
        var dead = dark();
        hasDeclaredDead |= !dead.isEmpty();
        return dead;
    }

    /** Hosts that have no power. */
    Set<HostRef> dark() {
        return world.hosts().stream()
                .filter(host -> !host.isPowered())
                .map(SimulatedHost::ref)
                .collect(Collectors.toSet());
    }

    /** Berth said last that it doesn't know what became of the VM, or that it does. */
    void doubts(VmRef vm, boolean now) {
        if (now) {
            doubted.add(vm);
        } else {
            doubted.remove(vm);
        }
    }

    boolean isDoubted(VmRef vm) {
        return doubted.contains(vm) && isOpen(vm);
    }

    boolean isOpen(VmRef vm) {
        return journal.open().stream().anyMatch(entry -> entry.vm().equals(vm));
    }

    /** Where it really is; empty while it is on its way. */
    Optional<Life> life(VmRef vm) {
        if (isOpen(vm)) {
            return Optional.empty();
        }
        var at = hosts(vm);
        if (at.isEmpty()) {
            return Optional.of(checker.isSaved(vm) ? new Life.Saved() : new Life.Gone());
        }
        return at.size() == 1 ? Optional.of(new Life.Alive(at.getFirst())) : Optional.empty();
    }

    /** Where it has a copy. */
    List<HostRef> hosts(VmRef vm) {
        return world.hosts().stream()
                .filter(host -> host.copy(vm.uuid()).isPresent())
                .map(SimulatedHost::ref)
                .toList();
    }

    void hears(Sweep sweep) {
        owner.hears(sweep);
    }

    /** False when there was nothing to choose. */
    boolean chooseDirectories() {
        return owner.choose();
    }

    /** Hosts that share directories and believe that they don't: what is housed can't leave its host then. */
    boolean isMisled(Owned machine) {
        return machine.isHoused() && folders == Kind.LATE;
    }

    World world() {
        return world;
    }

    JournalStore journal() {
        return journal;
    }

    PromiseChecker checker() {
        return checker;
    }
}
