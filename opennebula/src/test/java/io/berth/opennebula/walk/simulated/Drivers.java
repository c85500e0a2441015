package io.berth.opennebula.walk.simulated;

import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.Operations;
import io.berth.driver.storage.VmDirectory;
import io.berth.opennebula.action.MemoryDeed;
import io.berth.opennebula.memory.DirectoryFolders;
import io.berth.opennebula.memory.EngineDirectories;
import io.berth.opennebula.memory.EngineMemory;
import io.berth.opennebula.memory.GuestIds;
import io.berth.opennebula.memory.Readiness;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.memory.Waiting;
import io.berth.opennebula.message.TransferCommand;
import io.berth.opennebula.shared.SharedDirectories;
import io.berth.opennebula.shared.TransferDeed;
import io.berth.opennebula.simulated.SimulatedEngine;
import io.berth.opennebula.simulated.WaitingInTheWorld;
import io.berth.opennebula.walk.Demand;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.driver.JournalStore;
import io.berth.simulator.driver.SimulatedJournal;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Berth's VM driver and transfer manager, as one process. What is no work of theirs they leave to scripts. */
final class Drivers {
    /** How often somebody reads that only a person can decide which copy of a guest is the one. */
    private static final int PATIENCE = 10;

    private final World world;
    private final SimulatedWeather weather;
    private final StockScripts scripts;
    private final EngineMemory memory;
    private final EngineDirectories directories;
    private final SharedDirectories sharing = new SharedDirectories(SimulatedDatastore::attributesOf);

    /** @param boundary what stands between them and the world */
    Drivers(
            Engines engines,
            JournalStore store,
            Boundary boundary,
            SimulatedWeather weather,
            StockScripts scripts,
            GuestIds ids) {
        this.world = boundary.world();
        this.weather = weather;
        this.scripts = scripts;
        var process = engines.startProcess();
        var operations = new Operations(engines.wiring(boundary, process, engines::nextId, Heartbeat.none()));
        var engine = new SimulatedEngine(world, operations, new SimulatedJournal(store, boundary, process, true));
        this.memory = new EngineMemory(() -> engine);
        this.directories = new EngineDirectories(() -> engine, ids, DirectoryFolders.untold());
    }

    /** Waits for the answer, however long that takes. */
    Verdict meet(SimulatedVm vm, Demand demand) {
        return switch (demand) {
            case Demand.Save(var host) ->
                perform(vm, new MemoryDeed.Save(vm.ref().name(), host, SimulatedDatastore.CHECKPOINTS));
            case Demand.Restore(var host) ->
                perform(vm, new MemoryDeed.Restore(vm.ref().name(), host, Optional.empty()));
            case Demand.MigrateLive live -> migrate(vm, live);
            case Demand.ShutDown(var host) -> scripts.shutDown(vm, host);
            case Demand.Deploy(var host) -> scripts.deploy(vm, host);
            case Demand.Move move -> move(vm, move);
            case Demand.Delete(var home) ->
                carryOut(vm, home, home, command("DELETE", vm, home, List.of(path(vm, home))));
        };
    }

    private Verdict perform(SimulatedVm vm, MemoryDeed deed) {
        var request = request(vm);
        return switch (memory.prepare(deed, request)) {
            case Readiness.Already() -> new Verdict.Done("before");
            case Readiness.Refused(var why) -> new Verdict.NotDone(why);
            case Readiness.Ready(), Readiness.Absent() -> memory.perform(deed, request);
        };
    }

    private Verdict migrate(SimulatedVm vm, Demand.MigrateLive live) {
        var home = vm.standing().home();
        var words = List.of(
                live.from().name(),
                live.to().name(),
                SimulatedDatastore.LOCATION + "/" + home.datastore().number() + "/" + vm.number());
        var before = sharing.around(
                command("PREMIGRATE", vm, home, words), Set.of(home.datastore().driver()));
        return before instanceof TransferDeed.Nothing
                ? perform(vm, new MemoryDeed.Move(vm.ref().name(), live.from(), live.to()))
                : unexpected(before);
    }

    /** As the core writes it: the disk, then the directory. */
    private Verdict move(SimulatedVm vm, Demand.Move move) {
        var from = path(vm, move.from());
        var to = path(vm, move.to());
        var ofDisk = sharing.deed(command("MV", vm, move.to(), List.of(from + "/disk.0", to + "/disk.0")));
        if (ofDisk instanceof TransferDeed.Nothing || ofDisk instanceof TransferDeed.Scripts) {
            return carryOut(vm, move.from(), move.to(), command("MV", vm, move.to(), List.of(from, to)));
        }
        return unexpected(ofDisk);
    }

    private Verdict carryOut(SimulatedVm vm, Home from, Home to, TransferCommand command) {
        return carryOut(vm, from, to, command, sharing.deed(command));
    }

    private Verdict carryOut(SimulatedVm vm, Home from, Home to, TransferCommand command, TransferDeed deed) {
        return switch (deed) {
            case TransferDeed.Nothing() -> new Verdict.Done("");
            case TransferDeed.MoveDirectory(var datastore, var _, var _, var _) ->
                directories.move(
                        vm.number(),
                        new VmDirectory(datastore, Integer.toString(vm.number())),
                        from.host(),
                        to.host(),
                        request(vm));
            case TransferDeed.AfterSettling(var _, var then) -> {
                var settled = directories.settle(vm.number());
                yield settled instanceof Verdict.Done ? carryOut(vm, from, to, command, then) : settled;
            }
            case TransferDeed.Scripts _ when command.verb().equals("MV") -> scripts.move(vm, from, to);
            case TransferDeed.Scripts _, TransferDeed.RemoveDirectory _ -> scripts.delete(vm, from);
            case TransferDeed.Refused(var why) -> new Verdict.NotDone(why);
            case TransferDeed.MakeDisk disk -> unexpected(disk);
            case TransferDeed.BringDisk disk -> unexpected(disk);
            case TransferDeed.RebuildDirectory rebuilding -> unexpected(rebuilding);
            case TransferDeed.MakeContext context -> unexpected(context);
        };
    }

    private static Verdict unexpected(TransferDeed deed) {
        throw new AssertionError("nobody asked for " + deed);
    }

    private static TransferCommand command(String verb, SimulatedVm vm, Home home, List<String> words) {
        var all = new ArrayList<>(words);
        all.add(Integer.toString(vm.number()));
        all.add(Integer.toString(home.datastore().number()));
        return new TransferCommand(verb, home.datastore().driver(), all);
    }

    private static String path(SimulatedVm vm, Home home) {
        return home.host() + ":" + SimulatedDatastore.LOCATION + "//"
                + home.datastore().number() + "/" + vm.number();
    }

    /** One that waits in the world's own time. */
    private Waiting request(SimulatedVm vm) {
        return new WaitingInTheWorld(world, rests -> {
            weather.waited();
            if (rests > PATIENCE) {
                world.decideByHand(vm.guest());
            }
        });
    }
}
