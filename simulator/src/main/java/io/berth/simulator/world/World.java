package io.berth.simulator.world;

import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hosts, guests and storage with a clock of their own. The same seed and the same calls give the same world. Belongs to
 * one thread. Whether a power cut takes unflushed writes with it depends on the seed: it may, and it may not.
 */
public final class World {
    private final VirtualClock clock = new VirtualClock();
    private final Random random;
    private final SortedMap<HostRef, SimulatedHost> hosts = new TreeMap<>();
    private final SortedMap<String, SimulatedDatastore> datastores = new TreeMap<>();
    private final Map<UUID, Guest> guests = new LinkedHashMap<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Violation> breaches = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final List<Consumer<SimulatedHost>> beforePowerCut = new ArrayList<>();

    private final List<Consumer<SimulatedHost>> afterPowerCut = new ArrayList<>();
    private final List<Consumer<SimulatedHost>> afterPowerOn = new ArrayList<>();
    private final List<Consumer<Copy>> afterStart = new ArrayList<>();
    private boolean silent;
    private final boolean guarded;
    private final boolean unlucky;

    /** @param guarded hosts refuse commands of a lower epoch; false only to see what happens then */
    public World(long seed, boolean guarded) {
        this.random = new Random(seed);
        this.unlucky = random.nextBoolean();
        this.guarded = guarded;
    }

    /** Whether a power cut takes unflushed writes with it in this world. */
    public boolean isUnlucky() {
        return unlucky;
    }

    /** A number from 0 to below {@code bound}. */
    public int chance(int bound) {
        return random.nextInt(bound);
    }

    public VirtualClock clock() {
        return clock;
    }

    public SimulatedHost addHost(String name, DataSize memory) {
        var host = new SimulatedHost(new HostRef(name), memory, guarded);
        hosts.put(host.ref(), host);
        return host;
    }

    public SimulatedDatastore addDatastore(String name, StorageCapabilities capabilities) {
        var datastore = new SimulatedDatastore(name, capabilities, Optional.empty());
        datastores.put(name, datastore);
        return datastore;
    }

    /** A datastore of VM directories, and of checkpoints where it is said that all hosts see the same. */
    public SimulatedFolders addFolders(String name, SimulatedFolders.Kind kind) {
        var folders = new SimulatedFolders(kind, clock);
        var can = kind == SimulatedFolders.Kind.SHARED;
        var capabilities = new StorageCapabilities(can, can, can, can, false);
        datastores.put(name, new SimulatedDatastore(name, capabilities, Optional.of(folders)));
        return folders;
    }

    /** The guest's disk is in a directory of its own on that host from now on. */
    public void putIntoDirectory(Guest guest, SimulatedHost host, VmDirectory home) {
        guest.livesIn(home);
        folders(home)
                .orElseThrow()
                .put(host.ref(), home.name(), new SimulatedDirectory(guest.vm(), guest.diskTicks(), true));
    }

    /** Of the directory's datastore, if that has any. */
    public Optional<SimulatedFolders> folders(VmDirectory directory) {
        return datastore(directory.datastore()).folders();
    }

    /** Of every datastore that has any. */
    public Stream<SimulatedFolders> folders() {
        return datastores.values().stream().flatMap(datastore -> datastore.folders().stream());
    }

    /** Opens the copy's disk where that is; false when the host doesn't have it: then no emulator starts. */
    public boolean open(Copy copy, SimulatedHost host) {
        var guest = guest(copy.vm().uuid());
        disk(guest, host).ifPresent(copy::open);
        return hasDisk(guest, host);
    }

    /** Whether the guest could be started there from the disk that it wrote last. */
    public boolean hasItsDisk(Guest guest, SimulatedHost host) {
        return guest.directory().isEmpty()
                || disk(guest, host).filter(there -> there.isDiskOf(guest)).isPresent();
    }

    private boolean hasDisk(Guest guest, SimulatedHost host) {
        return guest.directory().isEmpty() || disk(guest, host).isPresent();
    }

    private Optional<SimulatedDirectory> disk(Guest guest, SimulatedHost host) {
        return guest.directory()
                .flatMap(home -> folders(home).flatMap(folders -> folders.find(host.ref(), home.name())));
    }

    /** A guest that has run for a while and has memory nobody else knows. */
    public Guest addGuest(String name, DataSize memory, long imageLength) {
        var vm = new VmRef(new UUID(random.nextLong(), random.nextLong()), name);
        var guest = new Guest(vm, random.nextLong(), 100 + random.nextInt(100), memory, imageLength);
        guests.put(vm.uuid(), guest);
        return guest;
    }

    /** Starts it where it has never been. */
    public Copy boot(Guest guest, SimulatedHost host, boolean persistent) {
        var copy = new Copy(guest, guest.definition(), guest.nonce(), guest.diskTicks(), true);
        open(copy, host);
        copy.run(this);
        host.put(copy);
        if (persistent) {
            host.definitions().put(guest.vm().uuid(), guest.definition());
        }
        return copy;
    }

    /** Starts it from its disk, with nothing of the memory that it had. */
    public void startAnew(Guest guest, SimulatedHost host, String definition) {
        if (!hasDisk(guest, host)) {
            note(host + " can't start " + guest.vm().name() + ": it doesn't have its disk");
            return;
        }
        note(host + " starts " + guest.vm().name() + " anew");
        guest.bootAnew(random.nextLong());
        var copy = new Copy(guest, definition, guest.nonce(), guest.diskTicks(), true);
        open(copy, host);
        copy.run(this);
        host.put(copy);
        afterStart.forEach(listener -> listener.accept(copy));
    }

    /** Makes a paused copy of what an image says, whatever it says. */
    public Copy restore(Image image, VolumeRef from, OperationId by) {
        return Copy.restored(guest(image.vm().uuid()), image, from, by);
    }

    /**
     * Somebody starts it paused though its memory lies in a checkpoint: its disk stays as it is, but what is in that copy's
     * memory nobody has missed.
     */
    public void startByHand(Guest guest, SimulatedHost host) {
        var copy = Copy.byHand(guest, random.nextLong());
        if (open(copy, host)) {
            note("*** somebody starts " + guest.vm().name() + " on " + host + ", paused");
            host.put(copy);
        }
    }

    /**
     * A copy has arrived at a host, and nobody knows whether it is up to date: somebody finds out, lets the one run that is,
     * and ends the one that isn't. Answers whether it runs now.
     */
    public boolean decideByHand(Guest guest) {
        var runs = false;
        for (var host : hosts.values()) {
            var copy = host.copy(guest.vm().uuid()).filter(Copy::isArriving);
            if (copy.isPresent()) {
                note("*** somebody looks at the copy of " + guest.vm().name() + " on " + host);
                if (copy.get().isCurrent()) {
                    copy.get().run(this);
                    runs = true;
                } else {
                    host.remove(guest.vm().uuid());
                }
            }
        }
        return runs;
    }

    /** The daemons of two hosts begin to bring a guest from one to the other; empty when its disk isn't there. */
    public Optional<Migration> migrate(
            Copy copy, SimulatedHost from, SimulatedHost to, OperationId by, boolean copiesDisk) {
        var arriving = Copy.arriving(guest(copy.vm().uuid()), copy.definition(), by);
        if (!open(arriving, to)) {
            return Optional.empty();
        }
        to.put(arriving);
        var migration = new Migration(this, from, to, copy, arriving, copiesDisk);
        migrations.add(migration);
        return Optional.of(migration);
    }

    /** The migration of the guest away from that host that is under way. */
    public Optional<Migration> migration(SimulatedHost from, UUID vm) {
        return migrations.stream()
                .filter(migration -> !migration.isOver() && migration.isFrom(from, vm))
                .findFirst();
    }

    /** Whether any is under way. */
    public boolean isMigrating() {
        return migrations.stream().anyMatch(migration -> !migration.isOver());
    }

    public Guest guest(UUID vm) {
        var guest = guests.get(vm);
        if (guest == null) {
            throw new IllegalArgumentException("no guest " + vm);
        }
        return guest;
    }

    public Collection<Guest> guests() {
        return guests.values();
    }

    public SimulatedHost host(HostRef ref) {
        @Nullable SimulatedHost host = hosts.get(ref);
        if (host == null) {
            throw Failure.of(FailureKind.CALLER, "host.unknown", "no host " + ref)
                    .next("add it first")
                    .build();
        }
        return host;
    }

    public Collection<SimulatedHost> hosts() {
        return hosts.values();
    }

    public SortedSet<HostRef> hostRefs() {
        return new TreeSet<>(hosts.keySet());
    }

    public SimulatedDatastore datastore(String name) {
        var datastore = datastores.get(name);
        if (datastore == null) {
            throw Failure.of(FailureKind.CALLER, "datastore.unknown", "no datastore " + name)
                    .next("configure it first")
                    .build();
        }
        return datastore;
    }

    public Collection<SimulatedDatastore> datastores() {
        return datastores.values();
    }

    public Optional<SimulatedVolume> volume(VolumeRef ref) {
        return datastore(ref.datastore()).volume(ref);
    }

    /** Lets time pass: guests that run count on, jobs that are due end. */
    public void pass(Duration time) {
        clock.advance(time);
        for (var host : hosts.values()) {
            for (var copy : host.copies()) {
                switch (copy.state()) {
                    case RUNNING -> copy.tick(this);
                    case PAUSED, SHUT_OFF, ORPHANED, BUSY, BROKEN -> {}
                }
            }
            for (var job : List.copyOf(host.jobs())) {
                if (!clock.instant().isBefore(job.due())) {
                    host.jobs().remove(job);
                    note(host + " ends its " + job.kind() + " of " + job.vm().name() + " by itself");
                    job.ending().run();
                }
            }
        }
        migrations.stream().filter(migration -> !migration.isOver()).forEach(Migration::pass);
    }

    /** Is told of each host just before its power goes. */
    public void beforePowerCut(Consumer<SimulatedHost> listener) {
        beforePowerCut.add(listener);
    }

    /** Is told of each host when its power is gone and all that went with it. */
    public void afterPowerCut(Consumer<SimulatedHost> listener) {
        afterPowerCut.add(listener);
    }

    /** Is told of each host that came up again. */
    public void afterPowerOn(Consumer<SimulatedHost> listener) {
        afterPowerOn.add(listener);
    }

    /** Is told of each guest that was started anew from its disk. */
    public void afterStart(Consumer<Copy> listener) {
        afterStart.add(listener);
    }

    public void cutPower(SimulatedHost host) {
        if (host.isPowered()) {
            note("power of " + host + " is cut");
            beforePowerCut.forEach(listener -> listener.accept(host));
            if (unlucky) {
                datastores.values().forEach(datastore -> datastore.loseWritesOf(host));
            } else {
                datastores.values().forEach(datastore -> datastore.keepWritesOf(host));
            }
            folders().forEach(folders -> folders.losePower(host.ref(), unlucky));
            host.losePower(unlucky);
            afterPowerCut.forEach(listener -> listener.accept(host));
        }
    }

    public void givePower(SimulatedHost host) {
        if (!host.isPowered()) {
            note(host + " is up again, with nothing in its memory");
            host.getPower();
            afterPowerOn.forEach(listener -> listener.accept(host));
            host.definitions().forEach((vm, definition) -> {
                if (Guest.isAutostarted(definition)) {
                    startAnew(guest(vm), host, definition);
                }
            });
        }
    }

    public void cutNetwork(SimulatedHost host) {
        note(host + " is cut off");
        host.cutOff(true);
    }

    public void healNetwork(SimulatedHost host) {
        if (host.isPowered() && !host.isReachable()) {
            note(host + " can be reached again");
        }
        host.cutOff(false);
    }

    public void breach(Clause clause, String text) {
        breaches.add(new Violation(clause, text));
    }

    /** What the world itself has seen go wrong. */
    public List<Violation> breaches() {
        return breaches;
    }

    public void note(String line) {
        if (!silent) {
            story.add(line);
        }
    }

    /** Nobody will read its story: a run that is made only to be judged takes half the time. */
    public void silence() {
        silent = true;
    }

    /** Tells its story again. */
    public void speak() {
        silent = false;
    }

    public boolean isSilent() {
        return silent;
    }

    /** What happened, in order, for people. */
    public List<String> story() {
        return story;
    }
}
