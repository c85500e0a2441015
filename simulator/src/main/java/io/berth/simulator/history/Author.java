package io.berth.simulator.history;

import io.berth.core.operation.MigrationMode;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.lifecycle.Life;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes a script up while it is played: what comes next depends on where things stand, so that most of what is asked can
 * be done, and what is broken gets well again. The same seed makes up the same script.
 */
final class Author {
    private static final int[] SLICES = {1, 1, 2, 2, 3, 4, 6, 9, 14, 22, 35, 60};
    private static final int[] PAUSES = {1, 4, 12, 35, 70};

    private final Random random;
    private final Play play;
    private final Setting setting;
    private final int roughness;
    private final List<Choice> choices = new ArrayList<>();

    Author(long seed, Play play) {
        this.random = new Random(seed);
        this.play = play;
        this.setting = play.setting();
        this.roughness = random.nextInt(4);
    }

    private record Choice(int weight, Supplier<Act> act) {}

    Act next() {
        choices.clear();
        offerWork();
        offerCalm();
        offerFaults();
        var total = choices.stream().mapToInt(Choice::weight).sum();
        var drawn = random.nextInt(total);
        for (var choice : choices) {
            drawn -= choice.weight();
            if (drawn < 0) {
                return choice.act().get();
            }
        }
        throw new IllegalStateException("nothing to choose from");
    }

    private void offer(int weight, Supplier<Act> act) {
        if (weight > 0) {
            choices.add(new Choice(weight, act));
        }
    }

    private void offerWork() {
        for (var lane : play.crew().lanes()) {
            if (lane.engine().isStalled()) {
                continue;
            }
            if (lane.isIdle()) {
                offer(60, () -> new Act.Ask(lane.number(), request()));
            } else {
                offer(300, () -> new Act.Go(lane.number(), SLICES[random.nextInt(SLICES.length)]));
                offer(2, () -> new Act.Cancel(lane.number()));
            }
        }
        offer(3, () -> new Act.Pass(Duration.ofSeconds(PAUSES[random.nextInt(PAUSES.length)])));
    }

    /** What was broken gets well. */
    private void offerCalm() {
        for (var host : setting.world().hosts()) {
            if (!host.isPowered()) {
                offer(12, () -> new Act.GivePower(host.ref()));
            } else if (!host.isReachable()) {
                offer(15, () -> new Act.HealNetwork(host.ref()));
            }
        }
        for (var engine : play.crew().engines()) {
            if (engine.isStalled()) {
                offer(15, () -> new Act.Wake(engine.number()));
            }
        }
        if (play.crew().hasDelayed()) {
            offer(15, Act.Deliver::new);
        }
        for (var machine : setting.machines()) {
            if (setting.isDoubted(machine.vm())) {
                offer(30, () -> new Act.Decide(machine.vm().name()));
            }
            if (setting.life(machine.vm()).filter(Life.Gone.class::isInstance).isPresent()) {
                offer(30, () -> new Act.StartAnew(machine.vm().name(), host()));
            }
        }
    }

    private void offerFaults() {
        for (var lane : play.crew().lanes()) {
            if (!lane.isIdle()) {
                offer(6 * roughness, () -> new Act.Strike(lane.number(), mishap()));
            }
        }
        for (var engine : play.crew().engines()) {
            if (engine.process().isPresent() && !engine.isStalled()) {
                offer(3 * roughness, () -> new Act.Kill(engine.number()));
                offer(2 * roughness, () -> new Act.Stall(engine.number()));
            }
        }
        for (var host : setting.world().hosts()) {
            if (host.isReachable()) {
                offer(roughness, () -> new Act.CutPower(host.ref()));
                offer(2 * roughness, () -> new Act.CutNetwork(host.ref()));
            }
        }
        offer(roughness, Act.LoseWrites::new);
        offer(roughness, () -> new Act.Vanish(machine().vm().name()));
        offer(4 * roughness, () -> new Act.ResumeByHand(machine().vm().name()));
    }

    private Mishap mishap() {
        var all = Mishap.values();
        return all[random.nextInt(all.length)];
    }

    private Setting.Owned machine() {
        var all = List.copyOf(setting.machines());
        return all.get(random.nextInt(all.size()));
    }

    private HostRef host() {
        return Setting.HOSTS.get(random.nextInt(Setting.HOSTS.size()));
    }

    private Request request() {
        var unfinished = !setting.journal().open().isEmpty();
        if (random.nextInt(unfinished ? 3 : 40) == 0) {
            return new Request.Recover(random.nextInt(3) == 0);
        }
        if (random.nextInt(15) == 0) {
            return new Request.CollectGarbage(random.nextInt(4) != 0);
        }
        if (random.nextInt(20) == 0) {
            return ofAll();
        }
        var machine = machine();
        var likely = random.nextInt(8) != 0;
        var isSaved = setting.checker().isSaved(machine.vm());
        return isSaved == likely ? ofSaved(machine) : ofAlive(machine);
    }

    private Request ofAll() {
        return switch (random.nextInt(4)) {
            case 0 -> new Request.SuspendAll(datastore(), keepingWriter());
            case 1 -> new Request.ResumeAll(random.nextInt(3) == 0);
            default -> new Request.Evacuate(host(), mode(), datastore());
        };
    }

    private MigrationMode mode() {
        var all = MigrationMode.values();
        return all[random.nextInt(all.length)];
    }

    private MemoryWriter keepingWriter() {
        var drawn = drawnWriter();
        return drawn.keepsGuest() ? drawn : MemoryWriter.STREAM;
    }

    private Request ofSaved(Setting.Owned machine) {
        var vm = machine.vm().name();
        return switch (random.nextInt(20)) {
            case 0, 1 -> new Request.Verify(vm, host(), random.nextBoolean());
            case 2 -> new Request.Delete(vm);
            case 3 -> terminate(machine);
            case 4, 5, 6 -> new Request.Start(vm, random.nextInt(3) == 0);
            default -> new Request.Resume(vm, host(), random.nextInt(3) == 0);
        };
    }

    private Request ofAlive(Setting.Owned machine) {
        var vm = machine.vm().name();
        return switch (random.nextInt(20)) {
            case 0 -> terminate(machine);
            case 1, 2, 3, 4 -> new Request.Migrate(vm, datastore(), writer(machine), host());
            case 5, 6, 7, 8 -> new Request.MigrateLive(vm, host());
            case 9, 10, 11 -> new Request.Stop(vm, datastore(), writer(machine));
            default -> new Request.Suspend(vm, datastore(), writer(machine));
        };
    }

    private Request terminate(Setting.Owned machine) {
        var declaresDead = random.nextBoolean();
        return new Request.Terminate(machine.vm().name(), declaresDead, machine.isHoused() && random.nextBoolean());
    }

    private String datastore() {
        return Setting.DATASTORES.get(random.nextInt(Setting.DATASTORES.size()));
    }

    private MemoryWriter writer(Setting.Owned machine) {
        return machine.autostart() ? keepingWriter() : drawnWriter();
    }

    private MemoryWriter drawnWriter() {
        var all = MemoryWriter.values();
        return all[random.nextInt(all.length)];
    }
}
