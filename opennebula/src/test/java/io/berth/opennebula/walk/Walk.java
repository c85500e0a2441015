package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A random walk: VM after VM is wanted to be somewhere else or in another state, while calls fail, drivers are killed and
 * hosts go away and come back. The same seed gives the same walk.
 */
final class Walk {
    private static final int VMS = 10;
    /** How often a demand that failed is made again before the user lets it be. */
    private static final int TRIES = 3;
    /** How often one that must be met in the end is made at the most. */
    private static final int ENOUGH = 20;

    private final long seed;
    private final Random random;
    private final WalkedSite site;
    private final List<String> tale = new ArrayList<>();
    private int numbers = 5;
    private int actions;

    Walk(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.site = new WalkedSite(seed, random);
        var datastores = List.of(SystemDatastore.values());
        for (var vm = 0; vm < VMS; vm++) {
            add(datastores.get(vm % datastores.size()));
        }
    }

    private void add(SystemDatastore datastore) {
        site.add(numbers++, new Home(any(WalkedSite.NODES), datastore));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** @throws AssertionError the walk up to there, when the promise is broken */
    void walk(int length) {
        while (actions < length) {
            actions++;
            site.world().story().clear();
            act(any(site.vms()));
            require(site.wrongs());
            site.weather().turn();
            if (site.isCalm() && random.nextBoolean()) {
                rest();
            }
        }
        arrive();
    }

    private void act(WalkedVm vm) {
        if (!isKnown(vm)) {
            return;
        }
        var brewing = site.weather().brew();
        if (random.nextInt(20) == 0) {
            terminate(vm, brewing);
            return;
        }
        var wish = any(Wish.of(vm.standing(), others(vm.host()), WalkedSite.FRONT_END));
        tell(vm, wish.name() + " from " + vm.standing() + (brewing.isEmpty() ? "" : " (" + brewing + ")"));
        for (var step : wish.steps()) {
            if (!isMet(vm, step.demand())) {
                return;
            }
            vm.believe(step.then());
        }
    }

    private List<HostRef> others(HostRef host) {
        return WalkedSite.NODES.stream().filter(node -> !node.equals(host)).toList();
    }

    /** A demand that failed is repeated or not; one that nobody has answered is repeated until somebody does. */
    private boolean isMet(WalkedVm vm, Demand demand) {
        for (var tries = 1; tries < ENOUGH; tries++) {
            var verdict = ask(vm, demand);
            if (verdict.filter(Verdict.Done.class::isInstance).isPresent()) {
                return true;
            }
            if (verdict.isPresent() && (tries >= TRIES || random.nextBoolean())) {
                return false;
            }
        }
        throw broken(List.of(demand + " of " + vm + " isn't answered"));
    }

    private Optional<Verdict> ask(WalkedVm vm, Demand demand) {
        Optional<Verdict> verdict;
        try {
            verdict = site.ask(vm, demand);
        } catch (AssertionError broken) {
            throw broken(List.of(broken.getMessage() + ", asked by " + vm + " for " + demand));
        }
        tell(vm, "- " + demand + ": " + verdict.map(Walk::text).orElse("the driver is killed"));
        return verdict;
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Done(var remark) -> "done " + remark;
            case Verdict.NotDone(var why) -> "not done: " + why.getMessage();
        };
    }

    /** What the core's monitoring shows; false while the host that would have to tell is away. */
    private boolean isKnown(WalkedVm vm) {
        var isLost = site.isLost(vm);
        switch (vm.standing().state()) {
            case RUNNING -> {
                if (!site.isReachable(vm.host())) {
                    return false;
                }
                if (isLost) {
                    lose(vm, State.POWEROFF);
                }
            }
            case SUSPENDED, STOPPED -> {
                if (isLost) {
                    lose(vm, vm.host().equals(WalkedSite.FRONT_END) ? State.UNDEPLOYED : State.POWEROFF);
                }
            }
            case POWEROFF, UNDEPLOYED -> {}
        }
        return true;
    }

    /** Its memory went with its host. Where its disk is somebody finds out, and tells the core. */
    private void lose(WalkedVm vm, State state) {
        tell(vm, "its memory is gone");
        vm.believe(vm.standing().as(state));
        if (!site.hasItsDisk(vm, vm.host())) {
            site.weather().clearUp();
            site.recover();
            var home = site.whereItsDiskIs(vm).orElseThrow(() -> broken(List.of(vm + " has no disk any more")));
            if (!home.equals(vm.host())) {
                mustBeMet(
                        vm,
                        new Demand.Move(
                                vm.standing().home(), vm.standing().home().on(home)));
                vm.believe(new Standing(
                        home.equals(WalkedSite.FRONT_END) ? State.UNDEPLOYED : State.POWEROFF,
                        vm.standing().home().on(home)));
            }
        }
    }

    private void terminate(WalkedVm vm, String brewing) {
        tell(vm, "terminate from " + vm.standing() + (brewing.isEmpty() ? "" : " (" + brewing + ")"));
        switch (vm.standing().state()) {
            case RUNNING -> mustBeMet(vm, new Demand.ShutDown(vm.host()));
            case SUSPENDED, STOPPED -> {
                site.weather().clearUp();
                site.recover();
            }
            case POWEROFF, UNDEPLOYED -> {}
        }
        site.giveUp(vm);
        mustBeMet(vm, new Demand.Delete(vm.standing().home()));
        site.forget(vm);
        add(vm.standing().home().datastore());
    }

    /** Somebody sees to it that it is. */
    private void mustBeMet(WalkedVm vm, Demand demand) {
        for (var tries = 1; tries < ENOUGH; tries++) {
            if (ask(vm, demand).filter(Verdict.Done.class::isInstance).isPresent()) {
                return;
            }
            if (tries >= TRIES) {
                site.weather().clearUp();
                site.recover();
            }
        }
        throw broken(List.of(demand + " of " + vm + " isn't met"));
    }

    /** All hosts are there and everything is tidied up. */
    private void rest() {
        site.weather().clearUp();
        site.recover();
        site.vms().forEach(this::isKnown);
        require(site.wrongsAtRest());
    }

    /** Everything is well again, and each VM is used once more, to see that it is really there. */
    private void arrive() {
        tale.add("all is well again");
        site.weather().clearUp();
        rest();
        for (var vm : site.vms()) {
            var back = Wish.of(vm.standing(), others(vm.host()), WalkedSite.FRONT_END).stream()
                    .filter(wish -> wish.name().startsWith("resume"))
                    .findFirst();
            for (var step : back.map(Wish::steps).orElse(List.of())) {
                mustBeMet(vm, step.demand());
                vm.believe(step.then());
            }
        }
        rest();
        site.collectGarbage();
        rest();
    }

    private void tell(WalkedVm vm, String what) {
        tale.add(actions + ". " + vm + ": " + what);
    }

    private void require(List<String> wrongs) {
        if (!wrongs.isEmpty()) {
            throw broken(wrongs);
        }
    }

    /** What is wrong, what was done with the VMs that it is about, and the last action call by call. */
    private AssertionError broken(List<String> wrongs) {
        var about = site.vms().stream()
                .filter(vm -> wrongs.stream().anyMatch(wrong -> isAbout(wrong, vm)))
                .toList();
        var told = tale.stream()
                .filter(line -> about.isEmpty() || about.stream().anyMatch(vm -> line.contains(". " + vm + ":")))
                .toList();
        var parts = new ArrayList<String>();
        parts.add("A walk of seed " + seed + " went wrong at action " + actions + ":");
        wrongs.forEach(wrong -> parts.add("- " + wrong));
        parts.add("What was done:");
        parts.addAll(told.subList(Math.max(0, told.size() - 20), told.size()));
        parts.add("The last action, call by call:");
        parts.addAll(site.world().story());
        return new AssertionError(String.join("\n", parts));
    }

    private static boolean isAbout(String wrong, WalkedVm vm) {
        return wrong.matches("(?s).*(VM |one-)" + vm.number() + "(?!\\d).*");
    }
}
