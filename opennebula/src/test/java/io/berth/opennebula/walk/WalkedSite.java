package io.berth.opennebula.walk;

import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.Operations;
import io.berth.driver.DataSize;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.VmDirectory;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.boundary.EngineDied;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.checker.Expectation;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.SimulatedHost;
import io.berth.simulator.world.Violation;
import io.berth.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A front-end, three hosts, system datastores of all kinds, VMs on each, and the promise checker beside. */
final class WalkedSite {
    static final HostRef FRONT_END = new HostRef("frontend");
    static final List<HostRef> NODES = List.of(new HostRef("node1"), new HostRef("node2"), new HostRef("node3"));
    private static final DataSize MEMORY = DataSize.ofMebibytes(256);
    private static final DataSize ROOM = DataSize.ofMebibytes(16384);
    private static final int RECOVERIES = 3;

    private final World world;
    private final JournalStore store = new JournalStore();
    private final PromiseChecker checker;
    private final Engines engines;
    private final Weather weather;
    private final StockScripts scripts;
    private final Map<Integer, WalkedVm> vms = new LinkedHashMap<>();
    private final List<String> lies = new ArrayList<>();
    private Drivers drivers;

    WalkedSite(long seed, Random random) {
        world = new World(seed, true);
        Stream.concat(Stream.of(FRONT_END), NODES.stream()).forEach(host -> world.addHost(host.name(), ROOM));
        world.addDatastore(SystemDatastore.CHECKPOINTS, new StorageCapabilities(true, true, true, true, false));
        for (var datastore : SystemDatastore.values()) {
            world.addFolders(datastore.directories(), datastore.kind());
        }
        checker = new PromiseChecker(world, store);
        checker.takeBaseline();
        engines = new Engines(world, store, Variation.NONE);
        weather = new Weather(world, random);
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

    Weather weather() {
        return weather;
    }

    World world() {
        return world;
    }

    /** All that the core has. */
    List<WalkedVm> vms() {
        return List.copyOf(vms.values());
    }

    /** A VM that runs. */
    WalkedVm add(int number, Home home) {
        var guest = world.addGuest(
                WalkedVm.name(number), MEMORY, DataSize.ofMebibytes(100).bytes());
        var vm = new WalkedVm(number, guest, new Standing(State.RUNNING, home));
        var host = world.host(home.host());
        world.putIntoDirectory(guest, host, vm.directory());
        world.boot(guest, host, false);
        vms.put(number, vm);
        world.pass(Duration.ofSeconds(1));
        return vm;
    }

    /** Empty when the driver died before it could answer: another one is there by now. */
    Optional<Verdict> ask(WalkedVm vm, Demand demand) {
        var before = new Sight(demand, vm);
        try {
            var verdict = drivers.meet(vm, demand);
            before.lie(verdict).ifPresent(lies::add);
            return Optional.of(verdict);
        } catch (EngineDied died) {
            drivers = start();
            return Optional.empty();
        }
    }

    /** What can be seen of a VM before and after an answer, to tell whether that is true. */
    private final class Sight {
        private final Demand demand;
        private final WalkedVm vm;
        private final boolean wasWhole;

        Sight(Demand demand, WalkedVm vm) {
            this.demand = demand;
            this.vm = vm;
            this.wasWhole = hasItsDisk(vm, vm.host());
        }

        /** Of a VM whose memory went with its host nothing is asked but that its disk is there. */
        Optional<String> lie(Verdict verdict) {
            var isDone = verdict instanceof Verdict.Done;
            var isTrue = switch (demand) {
                case Demand.Save _ ->
                    isLost(vm)
                            || isDone
                                    == (checker.isSaved(vm.ref())
                                            && alive(vm).noneMatch(copy -> copy.state() == GuestState.RUNNING));
                case Demand.Restore(var host) -> isLost(vm) || isDone == isAliveOnlyOn(vm, host);
                case Demand.MigrateLive(var _, var to) -> isLost(vm) || isDone == isAliveOnlyOn(vm, to);
                case Demand.Move(var from, var to) ->
                    isDone
                            ? isIn(to) && hasItsDisk(vm, to.host())
                            : !wasWhole || (isIn(from) && hasItsDisk(vm, from.host()));
                case Demand.ShutDown _, Demand.Deploy _, Demand.Delete _ -> true;
            };
            return isTrue ? Optional.empty() : Optional.of("untrue of " + vm + ": " + demand + " " + verdict);
        }

        private boolean isIn(Home home) {
            return vm.guest().directory().equals(Optional.of(home.datastore().directory(vm.number())));
        }
    }

    private Stream<Copy> alive(WalkedVm vm) {
        return world.hosts().stream()
                .flatMap(host -> host.copy(vm.ref().uuid()).stream())
                .filter(Copy::isAlive);
    }

    private boolean isAliveOnlyOn(WalkedVm vm, HostRef host) {
        return alive(vm).count() == 1
                && world.host(host).copy(vm.ref().uuid()).filter(Copy::isAlive).isPresent()
                && !checker.isSaved(vm.ref());
    }

    /** Its memory went with a host. */
    boolean isLost(WalkedVm vm) {
        return alive(vm).findAny().isEmpty() && !checker.isSaved(vm.ref());
    }

    boolean hasItsDisk(WalkedVm vm, HostRef host) {
        return world.hasItsDisk(vm.guest(), world.host(host));
    }

    /** Any host that has it. */
    Optional<HostRef> whereItsDiskIs(WalkedVm vm) {
        return world.hostRefs().stream().filter(host -> hasItsDisk(vm, host)).findFirst();
    }

    boolean isReachable(HostRef host) {
        return world.host(host).isReachable();
    }

    boolean isCalm() {
        return world.hosts().stream().allMatch(SimulatedHost::isReachable);
    }

    /** The user gives up what is in its memory and on its disk, wherever it is. */
    void giveUp(WalkedVm vm) {
        checker.givenUp(vm.ref());
        checker.diskGivenUp(vm.ref());
        if (checker.isSaved(vm.ref())) {
            world.pass(Duration.ofMinutes(1));
            // The core doesn't tell that a suspended VM was terminated: its checkpoint is deleted by a person.
            engineAlone(operations -> operations.delete(vm.ref().name(), true, operations.options()));
        }
    }

    void forget(WalkedVm vm) {
        vms.remove(vm.number());
    }

    /** What an administrator or a daemon does after a while. */
    void recover() {
        for (var round = 0; round < RECOVERIES && !store.open().isEmpty(); round++) {
            world.pass(Duration.ofMinutes(1));
            engineAlone(operations -> operations.recover(operations.options()));
        }
    }

    void collectGarbage() {
        engineAlone(operations -> operations.collectGarbage(true));
    }

    private <T> void engineAlone(Function<Operations, T> work) {
        var process = engines.startProcess();
        var boundary = new Boundary(world, Injector.none(), checker::look);
        var _ = work.apply(new Operations(engines.wiring(boundary, process, engines::nextId, Heartbeat.none())));
        process.die();
    }

    /** What is wrong at any time, in the middle of whatever. */
    List<String> wrongs() {
        return Stream.concat(checker.violations().stream().map(Violation::toString), lies.stream())
                .toList();
    }

    /** What is wrong when all hosts are there and nothing is left to be done. */
    List<String> wrongsAtRest() {
        for (var vm : vms()) {
            checker.end(new Expectation(vm.ref(), false, false, Set.of()));
        }
        return Stream.of(wrongs().stream(), vms().stream().flatMap(this::misplaced), strays())
                .flatMap(wrongs -> wrongs)
                .toList();
    }

    private Stream<String> misplaced(WalkedVm vm) {
        var isWhereItIsBelieved = switch (vm.standing().state()) {
            case RUNNING -> isAliveOnlyOn(vm, vm.host());
            case SUSPENDED, STOPPED -> checker.isSaved(vm.ref());
            case POWEROFF, UNDEPLOYED -> isLost(vm);
        };
        return isWhereItIsBelieved && hasItsDisk(vm, vm.host())
                ? Stream.empty()
                : Stream.of(vm + " isn't " + vm.standing());
    }

    /** Directories where no VM is at home. */
    private Stream<String> strays() {
        return Stream.of(SystemDatastore.values())
                .flatMap(datastore -> world.hostRefs().stream()
                        .flatMap(host ->
                                world.datastore(datastore.directories()).folders().orElseThrow().names(host).stream()
                                        .filter(name -> !isAtHome(name, host, datastore))
                                        .map(name -> "left on " + host + ": " + datastore + " " + name)));
    }

    private boolean isAtHome(String name, HostRef host, SystemDatastore datastore) {
        return vms().stream()
                .filter(vm -> vm.directory().equals(new VmDirectory(datastore.directories(), name)))
                .anyMatch(vm -> datastore.isShared() || vm.host().equals(host));
    }
}
