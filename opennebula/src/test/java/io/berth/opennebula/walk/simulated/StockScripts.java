package io.berth.opennebula.walk.simulated;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.simulator.checker.PromiseChecker;
import io.berth.simulator.world.World;
import java.util.Optional;
import java.util.function.Supplier;

/** Stand-ins for what a site's own scripts do, on the simulated world: at once, or not at all. */
final class StockScripts {
    private final World world;
    private final PromiseChecker checker;

    StockScripts(World world, PromiseChecker checker) {
        this.world = world;
        this.checker = checker;
    }

    /** {@code vmm/kvm/shutdown}, {@code cancel}: whoever asks for it gives the memory up. */
    Verdict shutDown(SimulatedVm vm, HostRef at) {
        return attempt(() -> {
            var host = world.host(at);
            host.requireReachable();
            checker.givenUp(vm.ref());
            host.remove(vm.ref().uuid());
            return Optional.empty();
        });
    }

    /** {@code vmm/kvm/deploy}. */
    Verdict deploy(SimulatedVm vm, HostRef at) {
        return attempt(() -> {
            var host = world.host(at);
            host.requireReachable();
            world.startAnew(vm.guest(), host, vm.guest().definition());
            if (host.copy(vm.ref().uuid()).isEmpty()) {
                return Optional.of("there is no disk");
            }
            checker.keptAfterAll(vm.ref());
            return Optional.empty();
        });
    }

    /** {@code tm/ssh/mv} to another datastore: a copy, and the old one removed. */
    Verdict move(SimulatedVm vm, Home from, Home to) {
        return attempt(() -> {
            world.host(from.host()).requireReachable();
            world.host(to.host()).requireReachable();
            var old = SimulatedDatastore.directory(from, vm.number());
            var sources = world.folders(old).orElseThrow();
            if (sources.find(from.host(), old.name()).isEmpty()) {
                return Optional.of("there is no directory");
            }
            sources.remove(from.host(), old.name());
            world.putIntoDirectory(vm.guest(), world.host(to.host()), SimulatedDatastore.directory(to, vm.number()));
            return Optional.empty();
        });
    }

    /** {@code rm -rf}. */
    Verdict delete(SimulatedVm vm, Home home) {
        return attempt(() -> {
            world.host(home.host()).requireReachable();
            var directory = SimulatedDatastore.directory(home, vm.number());
            world.folders(directory).orElseThrow().remove(home.host(), directory.name());
            return Optional.empty();
        });
    }

    private static Verdict attempt(Supplier<Optional<String>> script) {
        try {
            return script.get().<Verdict>map(StockScripts::failed).orElseGet(() -> new Verdict.Done(""));
        } catch (Failure unreachable) {
            return new Verdict.NotDone(unreachable);
        }
    }

    private static Verdict failed(String why) {
        return new Verdict.NotDone(Failure.of(FailureKind.ENVIRONMENT, "script.failed", why)
                .next("look at it")
                .build());
    }
}
