package io.berth.opennebula.walk;

import io.berth.driver.HostRef;
import io.berth.opennebula.memory.Verdict;
import io.berth.opennebula.walk.Standing.Home;
import io.berth.opennebula.walk.Standing.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A random walk: VM after VM is wanted to be somewhere else or in another state, while calls fail, drivers are killed and
 * hosts go away and come back. The same seed gives the same walk, as far as the site answers alike.
 *
 * @param <V> the site's VMs
 */
public final class Walk<V extends WalkedVm> {
    /** How often a demand that failed is made again before the user lets it be. */
    private static final int TRIES = 3;
    /** How often one that must be met in the end is made at the most. */
    private static final int ENOUGH = 20;

    private final long seed;
    private final Random random;
    private final WalkedSite<V> site;
    private final Consumer<String> listener;
    private final List<String> tale = new ArrayList<>();
    private final List<String> lies = new ArrayList<>();
    private int numbers = 5;
    private final Tally tally = new Tally();

    /**
     * @param random made with that seed, and used by the site too
     * @param listener hears each line of the tale at once
     */
    public Walk(long seed, Random random, WalkedSite<V> site, Consumer<String> listener) {
        this.seed = seed;
        this.random = random;
        this.site = site;
        this.listener = listener;
    }

    /** So many VMs come to the site, in turn on its datastores. */
    public void begin(int vms) {
        var datastores = site.datastores();
        for (var vm = 0; vm < vms; vm++) {
            add(datastores.get(vm % datastores.size()));
        }
    }

    private void add(SystemDatastore datastore) {
        var vm = site.add(numbers++, new Home(any(site.nodes()), datastore));
        tell(vm, "is new, " + vm.standing());
        makeRoom();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /**
     * So many actions, each on any VM.
     *
     * @throws AssertionError the walk up to there, when the promise is broken
     */
    public void walk(int length) {
        while (tally.actions() < length) {
            tally.action();
            site.beginAction();
            act(any(site.vms()));
            require(site.wrongs());
            site.weather().turn();
            makeRoom();
            if (isCalm() && random.nextBoolean()) {
                rest();
            }
        }
    }

    private boolean isCalm() {
        return site.nodes().stream().noneMatch(site.weather()::isAway);
    }

    private void act(V vm) {
        if (!isKnown(vm)) {
            tally.passedOver();
            return;
        }
        var brewing = site.weather().brew();
        if (random.nextInt(20) == 0) {
            terminate(vm, brewing);
            add(vm.standing().home().datastore());
            return;
        }
        pursue(vm, any(wishes(vm)), brewing);
    }

    private List<Wish> wishes(V vm) {
        return Wish.of(vm.standing(), others(vm.host()), site.frontEnd());
    }

    private void pursue(V vm, Wish wish, String brewing) {
        tell(vm, wish.name() + " from " + vm.standing() + (brewing.isEmpty() ? "" : " (" + brewing + ")"));
        for (var step : wish.steps()) {
            if (!isMet(vm, step.demand())) {
                return;
            }
            vm.believe(step.then());
        }
    }

    /** Where too many run, one of them is wanted to run no more. */
    private void makeRoom() {
        var running = running();
        if (running.size() > site.crowd()) {
            var vm = any(running);
            if (isKnown(vm) && vm.standing().state() == State.RUNNING) {
                pursue(vm, any(wishes(vm).stream().filter(Wish::endsItsRun).toList()), "");
            }
        }
    }

    private List<V> running() {
        return site.vms().stream()
                .filter(vm -> vm.standing().state() == State.RUNNING)
                .toList();
    }

    private List<HostRef> others(HostRef host) {
        return site.nodes().stream().filter(node -> !node.equals(host)).toList();
    }

    /** A demand that failed is repeated or not; one that nobody has answered is repeated until somebody does. */
    private boolean isMet(V vm, Demand demand) {
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

    private Optional<Verdict> ask(V vm, Demand demand) {
        var before = site.look(vm);
        Optional<Verdict> verdict;
        try {
            verdict = site.ask(vm, demand);
        } catch (AssertionError broken) {
            throw broken(List.of(broken.getMessage() + ", asked by " + vm + " for " + demand));
        }
        tally.demand(verdict);
        verdict.flatMap(answer -> Truth.lie(vm, demand, answer, before, site.look(vm)))
                .ifPresent(lies::add);
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
    private boolean isKnown(V vm) {
        var isLost = site.look(vm).isLost();
        switch (vm.standing().state()) {
            case RUNNING -> {
                if (site.weather().isAway(vm.host())) {
                    return false;
                }
                if (isLost) {
                    lose(vm, State.POWEROFF);
                }
            }
            case SUSPENDED, STOPPED -> {
                if (isLost) {
                    lose(vm, vm.host().equals(site.frontEnd()) ? State.UNDEPLOYED : State.POWEROFF);
                }
            }
            case POWEROFF, UNDEPLOYED -> {}
        }
        return true;
    }

    /** Its memory went with its host. Where its disk is somebody finds out, and tells the core. */
    private void lose(V vm, State state) {
        tell(vm, "its memory is gone");
        vm.believe(vm.standing().as(state));
        if (!site.look(vm).hasDiskOn(vm.host())) {
            site.weather().clearUp();
            site.recover();
            findItsDisk(vm);
        }
    }

    private void findItsDisk(V vm) {
        var home = site.look(vm).disks().stream()
                .min(Comparator.comparing(Home::host))
                .orElseThrow(() -> broken(List.of(vm + " has no disk any more")));
        if (!home.host().equals(vm.host())) {
            mustBeMet(vm, new Demand.Move(vm.standing().home(), home));
            vm.believe(new Standing(home.host().equals(site.frontEnd()) ? State.UNDEPLOYED : State.POWEROFF, home));
        }
    }

    private void terminate(V vm, String brewing) {
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
    }

    /** Somebody sees to it that it is. */
    private void mustBeMet(V vm, Demand demand) {
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
        tally.rest();
        site.weather().clearUp();
        site.recover();
        site.vms().forEach(this::isKnown);
        require(site.vms().stream()
                .flatMap(vm -> Truth.misplacement(vm, site.look(vm)).stream())
                .toList());
        require(site.wrongsAtRest());
    }

    /** Everything is well again, each VM is used once more, to see that it is really there, and nothing is left of them. */
    public void end() {
        hear("all is well again");
        site.beginAction();
        rest();
        for (var vm : site.vms()) {
            if (running().size() >= site.crowd()) {
                terminate(any(running()), "");
            }
            useOnceMore(vm);
        }
        rest();
        site.vms().forEach(vm -> terminate(vm, ""));
        site.collectGarbage();
        rest();
    }

    /** How much there was of it up to now. */
    public String figures() {
        return tally.with(site.weather().struck());
    }

    private void useOnceMore(V vm) {
        var back = wishes(vm).stream()
                .filter(wish -> wish.name().startsWith("resume"))
                .findFirst();
        for (var step : back.map(Wish::steps).orElse(List.of())) {
            mustBeMet(vm, step.demand());
            vm.believe(step.then());
        }
        require(site.wrongs());
    }

    private void hear(String line) {
        tale.add(line);
        listener.accept(line);
    }

    private void tell(V vm, String what) {
        hear(tally.actions() + ". " + vm + ": " + what);
    }

    private void require(List<String> wrongs) {
        var all = Stream.concat(lies.stream(), wrongs.stream()).toList();
        if (!all.isEmpty()) {
            throw broken(all);
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
        parts.add("A walk of seed " + seed + " went wrong at action " + tally.actions() + ":");
        wrongs.forEach(wrong -> parts.add("- " + wrong));
        parts.add("What was done:");
        parts.addAll(told.subList(Math.max(0, told.size() - 20), told.size()));
        parts.add("The last action, call by call:");
        parts.addAll(site.story());
        return new AssertionError(String.join("\n", parts));
    }

    private static boolean isAbout(String wrong, WalkedVm vm) {
        return wrong.matches("(?s).*(VM |one-)" + vm.number() + "(?!\\d).*");
    }
}
