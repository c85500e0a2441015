package io.berth.opennebula.walk.simulated;

import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.Operations;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VmDirectory;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.walk.Demand;
import io.berth.opennebula.walk.Sight;
import io.berth.opennebula.walk.Standing;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import io.berth.opennebula.walk.SystemDatastore;
import io.berth.opennebula.walk.WalkedSite;
import io.berth.opennebula.walk.WalkedVm;
import io.berth.opennebula.walk.Weather;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A front-end, three hosts, system datastores of all kinds, VMs on each, and the promise checker beside. */
final class SimulatedSite implements WalkedSite<SimulatedVm> {
    static final HostRef FRONT_END = new HostRef("frontend");
    static final List<HostRef> NODES = List.of(new HostRef("node1"), new HostRef("node2"), new HostRef("node3"));
    private static final DataSize MEMORY = DataSize.ofMebibytes(256);
    private static final DataSize ROOM = DataSize.ofMebibytes(16384);
    private static final int RECOVERIES = 3;

    private final World world;
    private final JournalStore store = new JournalStore();
    private final PromiseChecker checker;
    private final Engines engines;
    private final SimulatedWeather weather;
    private final StockScripts scripts;
    private final Map<Integer, SimulatedVm> vms = new LinkedHashMap<>();
    private Drivers drivers;

    SimulatedSite(long seed, Random random) {
        world = new World(seed, true);
        Stream.concat(Stream.of(FRONT_END), NODES.stream()).forEach(host -> world.addHost(host.name(), ROOM));
        world.addDatastore(SimulatedDatastore.CHECKPOINTS, new StorageCapabilities(true, true, true, true, false));
        for (var datastore : SimulatedDatastore.values()) {
            world.addFolders(datastore.directories(), datastore.kind());
        }
        checker = new PromiseChecker(world, store);
        checker.takeBaseline();
        engines = new Engines(world, store, Variation.NONE);
        weather = new SimulatedWeather(world, random);
        scripts = new StockScripts(world, checker);
        drivers = start();
    }

    private Drivers start() {
        var boundary = new Boundary(world, weather, checker::look);
        return new Drivers(
                engines,
                store,
                boundary,
                weather,
                scripts,
                number ->
                        Optional.ofNullable(vms.get(number)).map(vm -> vm.ref().uuid()));
    }

    @Override
    public HostRef frontEnd() {
        return FRONT_END;
    }

    @Override
    public List<HostRef> nodes() {
        return NODES;
    }

    @Override
    public List<SystemDatastore> datastores() {
        return List.of(SimulatedDatastore.values());
    }

    @Override
    public int crowd() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Weather weather() {
        return weather;
    }

    @Override
    public List<SimulatedVm> vms() {
        return List.copyOf(vms.values());
    }

    @Override
    public SimulatedVm add(int number, Home home) {
        var guest = world.addGuest(
                WalkedVm.name(number), MEMORY, DataSize.ofMebibytes(100).bytes());
        var vm = new SimulatedVm(number, guest, new Standing(State.RUNNING, home));
        var host = world.host(home.host());
        world.putIntoDirectory(guest, host, SimulatedDatastore.directory(home, number));
        world.boot(guest, host, false);
        vms.put(number, vm);
        world.pass(Duration.ofSeconds(1));
        return vm;
    }

    @Override
    public Optional<Verdict> ask(SimulatedVm vm, Demand demand) {
        try {
            return Optional.of(drivers.meet(vm, demand));
        } catch (EngineDied died) {
            drivers = start();
            return Optional.empty();
        }
    }

    @Override
    public Sight look(SimulatedVm vm) {
        return new Sight(
                hostsWith(vm, Copy::isAlive),
                hostsWith(vm, copy -> copy.state() == GuestState.RUNNING),
                checker.isSaved(vm.ref()),
                disks(vm));
    }

    private Set<HostRef> hostsWith(SimulatedVm vm, Predicate<Copy> condition) {
        return world.hostRefs().stream()
                .filter(host ->
                        world.host(host).copy(vm.ref().uuid()).filter(condition).isPresent())
                .collect(Collectors.toSet());
    }

    private Set<Home> disks(SimulatedVm vm) {
        var datastore = Stream.of(SimulatedDatastore.values())
                .filter(it -> vm.guest().directory().equals(Optional.of(it.directory(vm.number()))))
                .findFirst()
                .orElseThrow();
        return world.hostRefs().stream()
                .filter(host -> world.hasItsDisk(vm.guest(), world.host(host)))
                .map(host -> new Home(host, datastore))
                .collect(Collectors.toSet());
    }

    @Override
    public void giveUp(SimulatedVm vm) {
        checker.givenUp(vm.ref());
        checker.diskGivenUp(vm.ref());
        if (checker.isSaved(vm.ref())) {
            world.pass(Duration.ofMinutes(1));
            // The core doesn't tell that a suspended VM was terminated: its checkpoint is deleted by a person.
            engineAlone(operations -> operations.delete(vm.ref().name(), true, operations.options()));
        }
    }

    @Override
    public void forget(SimulatedVm vm) {
        vms.remove(vm.number());
    }

    @Override
    public void recover() {
        for (var round = 0; round < RECOVERIES && !store.open().isEmpty(); round++) {
            world.pass(Duration.ofMinutes(1));
            engineAlone(operations -> operations.recover(operations.options()));
        }
    }

    @Override
    public void collectGarbage() {
        engineAlone(operations -> operations.collectGarbage(true));
    }

    private <T> void engineAlone(Function<Operations, T> work) {
        var process = engines.startProcess();
        var boundary = new Boundary(world, Injector.none(), checker::look);
        var _ = work.apply(new Operations(engines.wiring(boundary, process, engines::nextId, Heartbeat.none())));
        process.die();
    }

    @Override
    public List<String> wrongs() {
        return checker.violations().stream().map(Violation::toString).toList();
    }

    @Override
    public List<String> wrongsAtRest() {
        for (var vm : vms()) {
            checker.end(new Expectation(vm.ref(), false, false, Set.of()));
        }
        return Stream.concat(wrongs().stream(), strays()).toList();
    }

    /** Directories where no VM is at home. */
    private Stream<String> strays() {
        return Stream.of(SimulatedDatastore.values())
                .flatMap(datastore -> world.hostRefs().stream()
                        .flatMap(host ->
                                world.datastore(datastore.directories()).folders().orElseThrow().names(host).stream()
                                        .filter(name -> !isAtHome(name, host, datastore))
                                        .map(name -> "left on " + host + ": " + datastore + " " + name)));
    }

    private boolean isAtHome(String name, HostRef host, SimulatedDatastore datastore) {
        return vms().stream()
                .filter(vm -> SimulatedDatastore.directory(vm.standing().home(), vm.number())
                        .equals(new VmDirectory(datastore.directories(), name)))
                .anyMatch(vm -> datastore.isShared() || vm.host().equals(host));
    }

    @Override
    public void beginAction() {
        world.story().clear();
    }

    @Override
    public List<String> story() {
        return world.story();
    }
}
