package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.BareJvm;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.Stage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the daemon costs, and what it saves a short command. Two hosts, one guest. */
final class DaemonFigures implements Measurement {
    private static final Target READY =
            Target.atMost(1.5, "s", "engine.daemon-start", "berth serve: from its start until it is ready");
    private static final Target MEMORY = Target.atMost(
            120, "MiB", "engine.daemon-memory", "resident memory of a daemon that has answered and has nothing to do");
    private static final Target LIST =
            Target.atMost(150, "ms", "engine.daemon-vm-list", "berth vm list through the daemon");
    private static final double MILLIS = 1000;
    /** Its first round of recovery is over by then. */
    private static final int IDLE_SECONDS = 3;

    private static final int LISTS = 5;

    @Override
    public List<Target> targets() {
        return List.of(READY, MEMORY, LIST);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        stage.guest(GuestKind.IDLE);
        var berth = stage.berth();
        berth.run("vm", "list"); // reads its files from the disk
        var ready = new Samples();
        var memory = new Samples();
        var list = new Samples();
        var bare = new Samples();
        for (var round = 0; round < rounds; round++) {
            bare.add(BareJvm.millis(stage));
            try (var daemon = stage.daemon()) {
                ready.add(daemon.secondsToReady());
                berth.run("vm", "list"); // connects to the hosts
                for (var time = 0; time < LISTS; time++) {
                    list.add(berth.run("vm", "list").seconds() * MILLIS);
                }
                idle();
                memory.add(daemon.residentMebibytes());
            }
        }
        var slowness = BareJvm.slowness(bare.median());
        return List.of(
                READY.at(ready.median(), "s " + ready + "; a JVM that only starts " + bare + " ms", slowness),
                MEMORY.at(memory.median(), "MiB " + memory),
                LIST.at(list.median(), "ms " + list + "; a JVM that only starts " + bare, slowness));
    }

    private static void idle() {
        try {
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }
}
