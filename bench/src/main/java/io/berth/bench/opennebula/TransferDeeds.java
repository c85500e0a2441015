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

/**
 * What the transfer manager does by itself where datastores ask for it, on a real host through ssh, its connection kept. The
 * core, which is asked for the datastores' attributes, is a stand-in. Stock's seconds are those of its scripts in lab.md.
 */
final class TransferDeeds implements Measurement {
    private static final Target MOVE = Target.atMost(
            1, "ms", "tm.mv", "DS_SHARED: each of 100 mv of a transfer file that have nothing to do; stock 40");
    private static final Target LINK =
            Target.atMost(0.2, "s", "tm.ln", "BERTH_DISKS=native: ln of an image, driver shared; stock 3.0");
    private static final Target COPY =
            Target.atMost(0.4, "s", "tm.clone", "BERTH_DISKS=native: clone of 64 MB, driver shared; stock 3.2");
    private static final Target DELETE =
            Target.atMost(0.2, "s", "tm.delete", "DS_SHARED: delete of a directory with a disk of 64 MB; stock 0.69");
    private static final int COMMANDS = 100;
    private static final double MILLIS = 1000;
    private static final String DATASTORES = "/srv/berth/one";
    private static final String IMAGE = DATASTORES + "/1/0a1b";
    private static final String DIRECTORY = Stage.HOST + ":" + DATASTORES + "/100/5";

    @Override
    public List<Target> targets() {
        return List.of(MOVE, LINK, COPY, DELETE);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        stage.in(Stage.HOST, "mkdir", "-p", DATASTORES + "/1", DATASTORES + "/100");
        stage.in(Stage.HOST, "dd", "if=/dev/urandom", "of=" + IMAGE, "bs=1M", "count=64", "conv=fsync");
        var moves = new Samples();
        var links = new Samples();
        var copies = new Samples();
        var deletes = new Samples();
        try (var core = core()) {
            var front = FrontEnd.ofLab(stage).with(core.environment(stage.work()));
            var move = file(
                    front,
                    "mv",
                    ("MV shared " + DIRECTORY + "/disk.0 h2:" + DATASTORES + "/100/5/disk.0 5 100\n").repeat(COMMANDS));
            var link = file(front, "ln", "LN shared front:" + IMAGE + " " + DIRECTORY + "/disk.0 5 1\n");
            var copy = file(front, "clone", "CLONE shared front:" + IMAGE + " " + DIRECTORY + "/disk.0 5 1\n");
            var delete = file(front, "delete", "DELETE shared " + DIRECTORY + " 5 100\n");
            try (var manager = front.tm()) {
                for (var round = 0; round <= rounds; round++) {
                    var moved = manager.ask(move);
                    var linked = manager.ask(link);
                    var copied = manager.ask(copy);
                    stage.in(Stage.HOST, "sync");
                    var deleted = manager.ask(delete);
                    if (round > 0) { // the first connects, and compiles what a driver at work has compiled
                        moves.add(moved * MILLIS / COMMANDS);
                        links.add(linked);
                        copies.add(copied);
                        deletes.add(deleted);
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return List.of(
                MOVE.at(moves.median(), "ms " + moves),
                LINK.at(links.median(), "s " + links),
                COPY.at(copies.median(), "s " + copies),
                DELETE.at(deletes.median(), "s " + deletes));
    }

    private static StandInCore core() throws IOException {
        var core = new StandInCore();
        core.says("one.datastore.info 100", Descriptions.datastore(100, 1, "shared", Map.of("DS_SHARED", "yes")));
        core.says("one.datastore.info 1", Descriptions.datastore(1, 0, "shared", Map.of("BERTH_DISKS", "native")));
        core.says("one.vm.info 5", """
                <VM><ID>5</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><FORMAT>raw</FORMAT><SIZE>64</SIZE>\
                <ORIGINAL_SIZE>64</ORIGINAL_SIZE></DISK></TEMPLATE></VM>""");
        return core;
    }

    private static String file(FrontEnd front, String name, String commands) {
        return "TRANSFER  5 " + front.write("transfer.0." + name, commands);
    }
}
