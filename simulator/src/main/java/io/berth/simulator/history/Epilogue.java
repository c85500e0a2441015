package io.berth.simulator.history;

import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.CheckpointRecord;
import io.berth.driver.storage.CheckpointState;
import io.berth.simulator.lifecycle.Life;
import io.berth.simulator.world.Clause;
import io.berth.simulator.world.Violation;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows every history: everything is well again, everybody answers, recovery and the garbage collector run. Then
 * nothing may be left behind, and each guest is used once more, to see that it is really there.
 */
final class Epilogue {
    private static final int ROUNDS = 5;
    private static final int SLICE = 50;
    private static final Duration UNTIL_LEASES_EXPIRE = Duration.ofSeconds(31);

    private final Play play;
    private final Setting setting;

    Epilogue(Play play) {
        this.play = play;
        this.setting = play.setting();
    }

    void play() {
        setting.world().note("--- all is well again");
        setting.world().hosts().forEach(host -> {
            setting.world().healNetwork(host);
            setting.world().givePower(host);
        });
        play.crew().engines().forEach(engine -> engine.stall(false));
        play.crew().lanes().forEach(Lane::calmDown);
        finish();
        recover();
        setting.machines()
                .forEach(machine -> play.perform(new Act.Decide(machine.vm().name())));
        recover();
        play.deliver();
        recover();
        play.pass(UNTIL_LEASES_EXPIRE);
        ask(new Request.CollectGarbage(true));
        if (setting.chooseDirectories()) {
            ask(new Request.CollectGarbage(true));
        }
        judge();
        for (var time = 0; time < 2 && !play.isBroken(); time++) {
            setting.machines().forEach(this::use);
            judge();
        }
    }

    private void finish() {
        while (!play.busy().isEmpty() && !play.isBroken()) {
            play.busy().forEach(lane -> play.perform(new Act.Go(lane.number(), SLICE)));
        }
    }

    private void recover() {
        for (var round = 0; round < ROUNDS && !setting.journal().open().isEmpty() && !play.isBroken(); round++) {
            play.pass(UNTIL_LEASES_EXPIRE);
            ask(new Request.Recover(false));
        }
    }

    private void ask(Request request) {
        play.perform(new Act.Ask(0, request));
        finish();
    }

    private void judge() {
        if (!play.isBroken()) {
            for (var machine : setting.machines()) {
                setting.checker().end(setting.lastExpectation(machine.vm()));
                play.look(machine.vm());
            }
        }
    }

    /** Suspends a guest that is there, brings back one that isn't. */
    private void use(Setting.Owned machine) {
        var before = setting.life(machine.vm());
        if (before.isEmpty()) {
            return;
        }
        var name = machine.vm().name();
        switch (before.get()) {
            case Life.Alive _ -> {
                ask(new Request.Suspend(name, "thin", MemoryWriter.STREAM));
                expect(machine, new Life.Saved());
            }
            case Life.Saved _ -> {
                var any = Setting.HOSTS.get(setting.world().chance(Setting.HOSTS.size()));
                var target = setting.isMisled(machine) ? home(machine).orElse(any) : any;
                ask(new Request.Resume(name, target, false));
                expect(machine, new Life.Alive(target));
            }
            case Life.Gone _ -> {}
        }
    }

    /** Where it was when it was saved. */
    private Optional<HostRef> home(Setting.Owned machine) {
        return setting.world().datastores().stream()
                .flatMap(datastore -> datastore.entries().stream())
                .filter(entry -> entry.state() == CheckpointState.COMPLETE)
                .flatMap(entry -> entry.record().stream())
                .filter(record -> record.vm().equals(machine.vm()))
                .map(CheckpointRecord::source)
                .findFirst();
    }

    private void expect(Setting.Owned machine, Life wanted) {
        if (!play.isBroken()
                && setting.life(machine.vm()).filter(wanted::equals).isEmpty()) {
            setting.checker()
                    .add(new Violation(
                            Clause.PROGRESS, machine.vm().name() + " can't be used again: it isn't " + wanted));
        }
    }
}
