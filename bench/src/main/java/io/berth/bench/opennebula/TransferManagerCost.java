package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.BareJvm;
import io.berth.bench.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the transfer manager costs by itself: to start, to be there, and to have a script run. */
final class TransferManagerCost implements Measurement {
    private static final Target START =
            Target.atMost(1, "s", "tm.start", "transfer manager: from its start to INIT SUCCESS; one_tm takes 0.12 s");
    private static final Target MEMORY = Target.atMost(
            140,
            "MiB",
            "tm.memory",
            "transfer manager: resident memory after 500 commands by scripts; one_tm has 16 MiB");
    private static final Target SCRIPT = Target.atMost(
            10,
            "ms",
            "tm.script",
            "each of 100 commands of a transfer file beyond what its script takes when a shell runs it; one_tm: about 10");
    private static final double MILLIS = 1000;
    private static final int COMMANDS = 100;
    private static final int TURNS = 5;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Override
    public List<Target> targets() {
        return List.of(START, MEMORY, SCRIPT);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var starts = new Samples();
        var bare = new Samples();
        var resident = new Samples();
        var beyond = new Samples();
        var alone = new Samples();
        for (var round = 0; round < rounds; round++) {
            bare.add(BareJvm.millis(stage));
            var front = FrontEnd.withoutHosts(stage, "tm" + round);
            var file = front.write("transfer.0.prolog", "IDLE idle one two three\n".repeat(COMMANDS));
            try (var manager = front.tm()) {
                starts.add(manager.startSeconds());
                manager.ask("TRANSFER  5 " + file); // compiles what a driver at work has compiled
                for (var turn = 0; turn < TURNS; turn++) {
                    var shell = byShell(stage, front);
                    alone.add(shell);
                    beyond.add(manager.ask("TRANSFER  5 " + file) * MILLIS / COMMANDS - shell);
                }
                resident.add(manager.residentMebibytes());
            }
        }
        return List.of(
                START.at(
                        starts.median(),
                        "s " + starts + "; a JVM that only starts " + bare + " ms",
                        BareJvm.slowness(bare.median())),
                MEMORY.at(resident.median(), "MiB " + resident),
                SCRIPT.at(beyond.median(), "ms " + beyond + "; the script alone " + alone));
    }

    /** Milliseconds of one run of the script, one after the other. */
    private static double byShell(Stage stage, FrontEnd front) {
        var loop = "i=0; while [ $i -lt " + COMMANDS + " ]; do \"$0\" one two three; i=$((i+1)); done";
        var began = System.nanoTime();
        stage.run(
                LONGEST,
                Map.of(),
                List.of("/bin/sh", "-c", loop, front.script("tm/idle/idle").toString()));
        return (System.nanoTime() - began) / 1e6 / COMMANDS;
    }
}
