package io.berth.opennebula.simulated;

import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.Operations;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VmDirectory;
import io.berth.driver.storage.VolumeRef;
import io.berth.opennebula.memory.DirectoryFolders;
import io.berth.opennebula.memory.EngineDirectories;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.Waiting;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineProcess;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.driver.SimulatedJournal;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.Content;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Guest;
import io.berth.simulator.world.SimulatedFolders;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two hosts that see one storage, a guest on the first, and the promise checker beside. */
final class Site {
    static final HostRef HERE = new HostRef("node1");
    static final HostRef THERE = new HostRef("node2");
    static final String DATASTORE = "fast";
    static final String DIRECTORIES = "files";
    /** Where scripts put the guest's memory. */
    static final VolumeRef FOREIGN = new VolumeRef(DATASTORE, "one-sys-5-checkpoint");

    private static final DataSize MEMORY = DataSize.ofMebibytes(256);
    private static final StorageCapabilities THIN = new StorageCapabilities(true, true, true, true, false);
    private final World world = new World(7, true);

    private final JournalStore store = new JournalStore();
    private final PromiseChecker checker = new PromiseChecker(world, store);
    private final Engines engines = new Engines(world, store, Variation.NONE);
    private final Guest guest;

    Site() {
        this(Optional.empty());
    }

    /** The guest is nowhere: the site's scripts have saved it, past Berth. */
    static Site savedByScripts() {
        return new Site(Optional.empty(), true);
    }

    /** @param folders who sees the directory that the guest's disk is in; empty: it is on storage that every host reaches */
    Site(Optional<SimulatedFolders.Kind> folders) {
        this(folders, false);
    }

    private Site(Optional<SimulatedFolders.Kind> folders, boolean isSavedByScripts) {
        var here = world.addHost(HERE.name(), MEMORY.plus(MEMORY));
        world.addHost(THERE.name(), MEMORY.plus(MEMORY));
        world.addDatastore(DATASTORE, THIN);
        guest = world.addGuest("one-5", MEMORY, DataSize.ofMebibytes(100).bytes());
        folders.ifPresent(kind -> {
            world.addFolders(DIRECTORIES, kind);
            world.putIntoDirectory(
                    guest, here, new VmDirectory(DIRECTORIES, guest.vm().name()));
        });
        var copy = world.boot(guest, here, false);
        world.pass(Duration.ofSeconds(1));
        if (isSavedByScripts) {
            saveByScripts(copy, here);
        }
        checker.takeBaseline();
    }

    private void saveByScripts(Copy copy, SimulatedHost host) {
        copy.pause();
        var image = copy.image().labelled(false);
        world.datastore(DATASTORE)
                .create(FOREIGN, new DataSize(image.length()))
                .extent()
                .leave(Content.finished(image));
        host.remove(guest.vm().uuid());
    }

    VmRef vm() {
        return guest.vm();
    }

    World world() {
        return world;
    }

    /** What an administrator or a daemon does after a while. */
    void recover() {
        world.pass(Duration.ofMinutes(1));
        var process = engines.startProcess();
        var operations = new Operations(engines.wiring(
                new Boundary(world, Injector.none(), checker::look), process, engines::nextId, Heartbeat.none()));
        operations.recover(operations.options());
    }

    /** The VM driver's process, started anew. */
    Driver start(Injector injector) {
        var process = engines.startProcess();
        var boundary = new Boundary(world, injector, checker::look);
        var operations = new Operations(engines.wiring(boundary, process, engines::nextId, Heartbeat.none()));
        var journal = new SimulatedJournal(store, boundary, process, true);
        var engine = new SimulatedEngine(world, operations, journal);
        return new Driver(
                process,
                boundary,
                new EngineMemory(() -> engine),
                new EngineDirectories(() -> engine, _ -> Optional.of(guest.vm().uuid()), DirectoryFolders.untold()));
    }

    /** @param boundary counts the engine's calls */
    record Driver(EngineProcess process, Boundary boundary, EngineMemory memory, EngineDirectories directories) {}

    /** Whether the guest's directory is there, under its own name. */
    boolean hasDirectory(HostRef host) {
        return world.folders()
                .anyMatch(folders -> folders.find(host, guest.vm().name()).isPresent());
    }

    /** A request that waits in the world's own time. */
    Waiting request() {
        return new WaitingInTheWorld(world, _ -> {});
    }

    /** In a checkpoint, or where the site's scripts have saved it. */
    boolean isSaved() {
        return checker.isSaved(guest.vm()) || isInAForeignImage();
    }

    private boolean isInAForeignImage() {
        var datastore = world.datastore(DATASTORE);
        return datastore.volume(FOREIGN).isPresent() && datastore.entry(FOREIGN).isEmpty();
    }

    boolean isAliveOn(HostRef host) {
        return world.host(host)
                .copy(guest.vm().uuid())
                .filter(copy -> copy.isAlive())
                .isPresent();
    }

    /** What is wrong now that nobody works on the guest; operations that are open count as well. */
    List<String> wrongs() {
        checker.end(new Expectation(guest.vm(), false, false, Set.of()));
        var wrongs = new ArrayList<String>();
        checker.violations().stream().map(Violation::toString).forEach(wrongs::add);
        store.open().forEach(entry -> wrongs.add("open: " + entry.kind() + " " + entry.state()));
        return wrongs;
    }
}
