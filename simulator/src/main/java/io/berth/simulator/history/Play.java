package io.berth.simulator.history;

import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.simulator.boundary.Boundary;
import io.berth.simulator.fault.Engines;
import io.berth.simulator.fault.Variation;
import io.berth.simulator.lifecycle.Life;
import io.berth.simulator.world.Copy;
import io.berth.simulator.world.Job;
import io.berth.simulator.world.SimulatedDatastore;
import io.berth.simulator.world.SimulatedHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries a script out, act by act. */
final class Play {
    private static final Duration BREATH = Duration.ofSeconds(5);

    private final Setting setting;
    private final Crew crew;
    private final Book book;
    private final Boundary boundary;
    private final Service service;
    private final Tally tally = new Tally();

    Play(long seed, Variation variation) {
        setting = new Setting(seed, variation);
        book = new Book(setting);
        crew = new Crew(setting.world(), this::storageFails);
        boundary = new Boundary(setting.world(), crew, this::look);
        service = new Service(
                setting, crew, book, tally, boundary, new Engines(setting.world(), setting.journal(), variation));
    }

    Setting setting() {
        return setting;
    }

    Crew crew() {
        return crew;
    }

    Tally tally() {
        return tally;
    }

    /** Crossings of the boundary so far. */
    int steps() {
        return boundary.count();
    }

    boolean isBroken() {
        return !setting.checker().violations().isEmpty();
    }

    private void look() {
        for (var machine : setting.machines()) {
            if (!setting.isOpen(machine.vm())) {
                setting.checker().settled(machine.vm());
            }
        }
        setting.checker().look();
    }

    void perform(Act act) {
        crew.beat(setting.world().clock().instant());
        switch (act) {
            case Act.Ask(var lane, var request) -> service.ask(crew.lane(lane), request);
            case Act.Go(var lane, var crossings) -> crew.go(crew.lane(lane), crossings);
            case Act.Cancel(var lane) -> crew.lane(lane).cancellation().request();
            case Act.Strike(var lane, var mishap) -> {
                tally.fault(mishap.name());
                crew.lane(lane).arm(mishap);
            }
            case Act.Kill(var engine) -> {
                tally.fault("KILL");
                note("engine " + engine + " is killed");
                crew.kill(crew.engines().get(engine));
            }
            case Act.Stall(var engine) -> {
                tally.fault("STALL");
                note("engine " + engine + " stands still");
                crew.stall(crew.engines().get(engine));
            }
            case Act.Wake(var engine) -> {
                note("engine " + engine + " wakes up");
                crew.engines().get(engine).stall(false);
            }
            case Act.Pass(var time) -> pass(time);
            case Act.CutPower(var host) -> cutPower(host);
            case Act.GivePower(var host) -> setting.world().givePower(host(host));
            case Act.CutNetwork(var host) -> {
                tally.fault("NETWORK_CUT");
                setting.world().cutNetwork(host(host));
            }
            case Act.HealNetwork(var host) -> setting.world().healNetwork(host(host));
            case Act.LoseWrites _ -> {
                tally.fault("STORAGE_LOSS");
                note("the storage loses what wasn't flushed");
                setting.world().datastores().forEach(SimulatedDatastore::loseWrites);
                storageFails();
            }
            case Act.Vanish(var vm) -> vanish(setting.machine(vm));
            case Act.ResumeByHand(var vm) -> resumeByHand(setting.machine(vm));
            case Act.StartAnew(var vm, var host) -> startAnew(setting.machine(vm), host);
            case Act.Decide(var vm) -> decide(setting.machine(vm));
            case Act.Deliver _ -> deliver();
        }
        setting.checker().look();
    }

    private SimulatedHost host(HostRef ref) {
        return setting.world().host(ref);
    }

    private void note(String line) {
        setting.world().note(line);
    }

    /** Engines that live say so meanwhile. */
    void pass(Duration time) {
        for (var left = time; left.isPositive(); left = left.minus(BREATH)) {
            setting.world().pass(left.compareTo(BREATH) < 0 ? left : BREATH);
            crew.beat(setting.world().clock().instant());
        }
    }

    private void storageFails() {
        setting.checker().storageFailed();
        book.storageFailed();
    }

    /**
     * Not where somebody has just let a guest run that is being saved: nobody is left then who could know that its
     * checkpoint is worth nothing, a known limit (promise.md).
     */
    private void cutPower(HostRef ref) {
        if (setting.machines().stream().noneMatch(machine -> isTouched(machine, ref))) {
            tally.fault("POWER_CUT");
            setting.world().cutPower(host(ref));
        }
    }

    private boolean isTouched(Setting.Owned machine, HostRef at) {
        return setting.checker().isResumedByHand(machine.vm())
                && host(at).copy(machine.vm().uuid()).isPresent();
    }

    private void vanish(Setting.Owned machine) {
        if (setting.checker().isResumedByHand(machine.vm())) {
            return;
        }
        setting.hosts(machine.vm()).forEach(at -> {
            tally.fault("GUEST_VANISHES");
            note(machine.vm().name() + " vanishes from " + at);
            setting.checker().vanishes(machine.vm());
            host(at).remove(machine.vm().uuid());
            book.vanished(machine.vm(), at);
        });
    }

    /**
     * Only one that is paused to be saved, and not between the last look at it and its end: promise.md tells of those
     * two limits.
     */
    private void resumeByHand(Setting.Owned machine) {
        var vm = machine.vm();
        var isBeingEnded = crew.isAbout("guests.destroy");
        if (machine.paused() || isBeingEnded || !setting.isOpen(vm)) {
            return;
        }
        for (var at : setting.hosts(vm)) {
            var isLocked = setting.world().migration(host(at), vm.uuid()).isPresent()
                    || host(at).job(vm.uuid())
                            .filter(job -> job.kind() != Job.Kind.STREAM)
                            .isPresent();
            host(at).copy(vm.uuid())
                    .filter(copy -> copy.state() == GuestState.PAUSED && !copy.isArriving() && !isLocked)
                    .filter(copy -> copy.origin().isEmpty() || copy.hasRun())
                    .ifPresent(copy -> runByHand(copy));
        }
    }

    private void runByHand(Copy copy) {
        tally.fault("RESUMED_BY_HAND");
        note("somebody lets " + copy.vm().name() + " run");
        setting.checker().resumedByHand(copy.vm());
        copy.run(setting.world());
    }

    /** Its owner looks first: the VM is nowhere, and nobody works on it. Who knows it without its disk forgets it. */
    private void startAnew(Setting.Owned machine, HostRef wanted) {
        var vm = machine.vm();
        var isGone = setting.life(vm).filter(Life.Gone.class::isInstance).isPresent();
        var found = startable(machine, wanted);
        if (!isGone
                || found.filter(SimulatedHost::isPowered).isEmpty()
                || !setting.dark().isEmpty()) {
            return;
        }
        var at = found.get();
        tally.operation("started anew by hand", "");
        setting.world().hosts().forEach(host -> host.definitions().remove(vm.uuid()));
        if (machine.persistent()) {
            at.definitions().put(vm.uuid(), machine.definition());
        }
        setting.world().startAnew(machine.guest(), at, machine.definition());
        book.takenBack(vm);
    }

    /** Where it is defined, else where it is wanted, if its disk is there; else where that is. */
    private Optional<SimulatedHost> startable(Setting.Owned machine, HostRef wanted) {
        return Stream.of(
                        setting.world().hosts().stream()
                                .filter(host -> host.definitions()
                                        .containsKey(machine.vm().uuid())),
                        Stream.of(host(wanted)),
                        setting.world().hosts().stream())
                .flatMap(hosts -> hosts)
                .filter(host -> setting.world().hasItsDisk(machine.guest(), host))
                .findFirst();
    }

    /** As the operation's last message tells; nobody else works on it meanwhile. */
    private void decide(Setting.Owned machine) {
        var vm = machine.vm();
        var standsAlone = setting.hosts(vm).size() == 1;
        if (setting.isDoubted(vm)
                && !isWorkedOn(vm)
                && standsAlone
                && setting.world().decideByHand(machine.guest())) {
            machine.runs();
        }
    }

    private boolean isWorkedOn(VmRef vm) {
        return busy().stream()
                .anyMatch(lane -> lane.attempt()
                        .filter(attempt -> !attempt.vm().equals(vm))
                        .isEmpty());
    }

    void deliver() {
        crew.deliver().forEach(answer -> note("delivered late: " + answer));
    }

    /** Everything is well again; all that was under way is brought to its end, and each guest is used once more. */
    void end() {
        new Epilogue(this).play();
    }

    /** Writes down where the VM is now. */
    void look(VmRef vm) {
        book.look(vm);
    }

    List<Lane> busy() {
        return crew.lanes().stream().filter(lane -> !lane.isIdle()).toList();
    }

    /** Kills everything, so that no thread is left behind. */
    void close() {
        crew.engines().forEach(crew::kill);
    }
}
