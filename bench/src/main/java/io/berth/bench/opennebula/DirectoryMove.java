package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import io.berth.opennebula.testkit.Descriptions;
import io.berth.opennebula.testkit.StandInCore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A VM's directory from one real host to the other and back, by the engine that the transfer manager has in its process: it is on
 * the target's disk, compared, when the source's goes. The core is a stand-in; stock's seconds are those of its script in
 * lab.md, which doesn't wait for the disk.
 */
final class DirectoryMove implements Measurement {
    private static final Target MOVE = Target.atMost(
            0.8,
            "s",
            "tm.ssh-mv",
            "BERTH_DIRECTORIES: mv of a directory with a disk of 64 MB, host to host; stock 2.65");
    private static final String DIRECTORY = Stage.OWN_FOLDER + "/5";

    @Override
    public List<Target> targets() {
        return List.of(MOVE);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        stage.ownFolders();
        stage.logCommands(false);
        stage.in(Stage.HOST, "mkdir", "-p", DIRECTORY);
        stage.in(Stage.HOST, "dd", "if=/dev/urandom", "of=" + DIRECTORY + "/disk.0", "bs=1M", "count=64", "conv=fsync");
        var moves = new Samples();
        try (var core = core()) {
            var front = FrontEnd.ofLab(stage)
                    .with(core.environment(stage.work()))
                    .with(Map.of("BERTH_HOME", stage.home().state().toString()));
            var there = file(front, Stage.HOST, Stage.OTHER_HOST);
            var back = file(front, Stage.OTHER_HOST, Stage.HOST);
            try (var manager = front.tm()) {
                for (var round = 0; round <= rounds; round++) {
                    var moved = List.of(manager.ask(there), manager.ask(back));
                    if (round > 0) { // the first connects, and compiles what a driver at work has compiled
                        moved.forEach(moves::add);
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            stage.logCommands(true);
            for (var host : List.of(Stage.HOST, Stage.OTHER_HOST)) {
                stage.in(host, "rm", "-rf", DIRECTORY);
            }
        }
        return List.of(MOVE.at(moves.median(), "s " + moves));
    }

    private static StandInCore core() throws IOException {
        var core = new StandInCore();
        var attributes = Map.of("DS_SHARED", "no", "BERTH_DIRECTORIES", Stage.OWN);
        core.says("one.datastore.info 100", Descriptions.datastore(100, 1, "ssh", attributes));
        var uuid = UUID.nameUUIDFromBytes(new byte[] {5}).toString();
        core.says("one.vm.info 5", Descriptions.vm(5, 3, 8, uuid, List.of()));
        return core;
    }

    private static String file(FrontEnd front, String from, String to) {
        var command = "MV ssh %s:%s %s:%s 5 100\n".formatted(from, DIRECTORY, to, DIRECTORY);
        return "TRANSFER  5 " + front.write("transfer.0." + from, command);
    }
}
