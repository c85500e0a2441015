package io.berth.simulator.fault;

import io.berth.core.operation.MemoryPlace;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.simulator.fault.Scenario.Task;
import io.berth.simulator.world.SimulatedFolders.Kind;
import java.util.ArrayList;
import java.util.List;

/** Which scenarios are worth their time. */
public final class Scenarios {
    private Scenarios() {}

    /** Every writer with each kind of storage, guest and owner at least once, and every other task. */
    public static List<Scenario> standard() {
        var all = new ArrayList<Scenario>();
        for (var writer : MemoryWriter.values()) {
            all.add(new Scenario(Task.SUSPEND, writer, true, true, true, false));
            all.add(new Scenario(Task.SUSPEND, writer, false, true, false, false));
        }
        all.add(new Scenario(Task.SUSPEND, MemoryWriter.STREAM, true, true, true, true));
        all.add(new Scenario(Task.SUSPEND, MemoryWriter.SNAPSHOT, false, false, true, false));
        for (var task : List.of(Task.RESUME_SAME_HOST, Task.RESUME_OTHER_HOST)) {
            all.add(new Scenario(task, MemoryWriter.STREAM, false, true, true, false));
            all.add(new Scenario(task, MemoryWriter.STREAM, true, true, false, true));
        }
        all.add(new Scenario(Task.RESUME_OTHER_HOST, MemoryWriter.STREAM, false, true, false, false));
        all.add(new Scenario(Task.STOP, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.START, MemoryWriter.STREAM, false, true, true, false));
        all.add(new Scenario(Task.VERIFY, MemoryWriter.STREAM, false, true, true, false));
        all.add(new Scenario(Task.DELETE, MemoryWriter.STREAM, false, true, true, false));
        all.add(new Scenario(Task.ADOPT, MemoryWriter.STREAM, true, true, false, false));
        all.add(new Scenario(Task.MIGRATE, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.MIGRATE, MemoryWriter.FAST, true, true, false, false));
        all.add(new Scenario(Task.MIGRATE_IN_VAIN, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.MIGRATE_IN_VAIN, MemoryWriter.STREAM, true, true, false, true));
        all.add(moving(Task.MIGRATE).in(Kind.UNTOLD_APART));
        all.add(moving(Task.MIGRATE).in(Kind.LATE));
        all.add(moving(Task.MIGRATE_IN_VAIN).in(Kind.APART));
        all.add(moving(Task.RESUME_OTHER_HOST).in(Kind.UNTOLD_APART));
        all.add(moving(Task.MOVE_DIRECTORY).in(Kind.UNTOLD_APART));
        all.add(moving(Task.MOVE_DIRECTORY).in(Kind.LATE));
        all.add(throughFile(Task.SUSPEND, true).in(Kind.APART));
        all.add(throughFile(Task.SUSPEND, false).in(Kind.UNTOLD_SHARED));
        all.add(throughFile(Task.MIGRATE_IN_VAIN, true).in(Kind.APART));
        all.add(live(true, false));
        all.add(live(false, false));
        all.add(live(true, true));
        all.add(live(true, false).in(Kind.UNTOLD_APART));
        all.add(live(false, true).in(Kind.APART));
        all.add(live(true, false).in(Kind.LATE));
        all.add(new Scenario(Task.TERMINATE_RUNNING, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.TERMINATE_SUSPENDED, MemoryWriter.STREAM, false, true, true, false));
        all.add(moving(Task.TERMINATE_SUSPENDED).in(Kind.APART));
        all.add(moving(Task.TERMINATE_WITH_DIRECTORY).in(Kind.APART));
        all.add(moving(Task.TERMINATE_WITH_DIRECTORY).in(Kind.LATE));
        all.add(new Scenario(Task.RESUME_BESIDE_INTRUDER, MemoryWriter.STREAM, false, true, true, false));
        all.add(new Scenario(Task.REHEARSE, MemoryWriter.STREAM, false, true, true, false));
        return List.copyOf(all);
    }

    private static Scenario moving(Task task) {
        return new Scenario(task, MemoryWriter.STREAM, true, true, true, false);
    }

    private static Scenario throughFile(Task task, boolean thin) {
        return new Scenario(task, MemoryWriter.STREAM, thin, true, true, false).going(MemoryPlace.THROUGH_A_FILE);
    }

    private static Scenario live(boolean persistent, boolean ownerPaused) {
        return new Scenario(Task.MIGRATE_LIVE, MemoryWriter.STREAM, true, true, persistent, ownerPaused);
    }

    /** The writer that ends the guest itself: where its host dies, the image may be all there is. */
    public static Scenario fastSave() {
        return new Scenario(Task.SUSPEND, MemoryWriter.FAST, true, true, true, false);
    }

    /** The few in which each safeguard matters, cheapest first. */
    public static List<Scenario> forMutations() {
        return List.of(
                new Scenario(Task.RESUME_BESIDE_INTRUDER, MemoryWriter.STREAM, false, true, true, false),
                new Scenario(Task.RESUME_OTHER_HOST, MemoryWriter.STREAM, false, true, true, false),
                new Scenario(Task.SUSPEND, MemoryWriter.STREAM, true, true, true, false),
                new Scenario(Task.SUSPEND, MemoryWriter.FAST, false, true, false, false),
                fastSave(),
                throughFile(Task.SUSPEND, true).in(Kind.APART),
                new Scenario(Task.TERMINATE_SUSPENDED, MemoryWriter.STREAM, false, true, true, false),
                moving(Task.TERMINATE_WITH_DIRECTORY).in(Kind.APART),
                new Scenario(Task.MIGRATE, MemoryWriter.STREAM, true, true, true, false),
                new Scenario(Task.MIGRATE_IN_VAIN, MemoryWriter.STREAM, true, true, true, false),
                live(true, false),
                live(true, false).in(Kind.APART),
                moving(Task.MIGRATE).in(Kind.APART),
                moving(Task.MIGRATE).in(Kind.LATE),
                moving(Task.MIGRATE_IN_VAIN).in(Kind.APART),
                moving(Task.MOVE_DIRECTORY).in(Kind.APART),
                moving(Task.MOVE_DIRECTORY).in(Kind.LATE));
    }

    /** What is run with faults in pairs at every build. A start takes the steps of a resume, a stop those of a suspend. */
    public static List<Scenario> forPairs() {
        return List.of(
                new Scenario(Task.START, MemoryWriter.STREAM, true, true, true, false),
                new Scenario(Task.STOP, MemoryWriter.STREAM, true, true, true, false),
                new Scenario(Task.MIGRATE, MemoryWriter.STREAM, true, true, true, false),
                new Scenario(Task.MIGRATE_IN_VAIN, MemoryWriter.STREAM, true, true, true, false),
                live(true, false));
    }

    /** What is run with faults in pairs when there is time. */
    public static List<Scenario> forThoroughPairs() {
        var all = new ArrayList<>(forPairs());
        all.add(new Scenario(Task.RESUME_OTHER_HOST, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.SUSPEND, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.TERMINATE_RUNNING, MemoryWriter.STREAM, true, true, true, false));
        all.add(new Scenario(Task.TERMINATE_SUSPENDED, MemoryWriter.STREAM, true, true, true, false));
        all.add(moving(Task.MIGRATE).in(Kind.APART));
        all.add(live(true, false).in(Kind.APART));
        return List.copyOf(all);
    }
}
