package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the transfer manager costs by itself: to start, to be there, and to have a script run. */
final class TransferManagerCost implements Measurement {
    private static final double MILLIS = 1000;
    private static final int COMMANDS = 100;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Target start = Target.atMost(1, "s", "tm.start", "transfer manager: from its start to INIT SUCCESS");
    private final Target memory =
            Target.atMost(140, "MiB", "tm.memory", "transfer manager: memory after thousands of commands");
    private final Target script = Target.atMost(
            10, "ms", "tm.script", "a command of a transfer file beyond what its script takes when a shell runs it");

    @Override
    public List<Target> targets() {
        return List.of(start, memory, script);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var starts = new Samples();
        var resident = new Samples();
        var beyond = new Samples();
        var alone = new Samples();
        for (var round = 0; round < rounds; round++) {
            try (var manager = TransferManager.start(stage.root(), stage.work().resolve("tm" + round))) {
                starts.add(manager.startSeconds());
                var commands = "IDLE idle one two three\n".repeat(COMMANDS);
                manager.transfer(commands);
                for (var turn = 0; turn < 5; turn++) {
                    var shell = byShell(stage, manager);
                    alone.add(shell);
                    beyond.add(manager.transfer(commands) * MILLIS / COMMANDS - shell);
                }
                resident.add(manager.residentMib());
            }
        }
        return List.of(
                start.at(starts.median(), starts.toString()),
                memory.at(resident.median(), resident.toString()),
                script.at(beyond.median(), beyond + ", script alone " + alone));
    }

    /** Milliseconds of one run of the script, one after the other. */
    private static double byShell(Stage stage, TransferManager manager) {
        var loop = "i=0; while [ $i -lt " + COMMANDS + " ]; do \"$0\" one two three; i=$((i+1)); done";
        var began = System.nanoTime();
        stage.run(
                LONGEST,
                Map.of(),
                List.of("/bin/sh", "-c", loop, manager.script().toString()));
        return (System.nanoTime() - began) / 1e6 / COMMANDS;
    }
}
