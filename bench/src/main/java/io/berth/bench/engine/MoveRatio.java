package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import java.util.List;

/**
 * A directory of 1 GiB that no zero is in, from one host to another: by the helper and by rsync, in turn, over the same ssh.
 * Both have it on the other host's disk when they end; without {@code --fsync} rsync would leave it in memory.
 */
final class MoveRatio implements Measurement {
    private static final String HELPER = "/usr/local/lib/berth/berth-host";
    private static final String FOLDER = "/srv/local/move";
    private static final String OPERATION = "benchmove";
    private static final String NAME = "web1";
    private static final String SSH = "ssh -oBatchMode=yes -oControlMaster=no -oControlPath=none -oCompression=no";

    private final Target target = Target.atMost(
            1.0, "ratio", "engine.move-ratio", "an unshared directory moved / rsync -aS --fsync, 1 GiB, over ssh");

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        stage.in(Stage.HOST, "mkdir", "-p", FOLDER + "/" + NAME);
        stage.in(Stage.OTHER_HOST, "mkdir", "-p", FOLDER);
        stage.in(Stage.HOST, "dd", "if=/dev/urandom", "of=" + disk(), "bs=1M", "count=1024", "conv=fsync");
        var ours = new Samples();
        var plain = new Samples();
        try {
            for (var round = 0; round < rounds; round++) {
                plain.add(plain(stage));
                ours.add(ours(stage));
            }
        } finally {
            stage.in(Stage.HOST, "rm", "-rf", FOLDER);
            stage.in(Stage.OTHER_HOST, "rm", "-rf", FOLDER);
        }
        return List.of(target.at(ours.median() / plain.median(), "Berth " + ours + " s, rsync " + plain + " s"));
    }

    private static String disk() {
        return FOLDER + "/" + NAME + "/disk.0";
    }

    private static double plain(Stage stage) {
        var there = Stage.OTHER_HOST + ":" + FOLDER + "/plain/";
        var seconds = stage.timed(Stage.HOST, "rsync", "-aS", "--fsync", "-e", SSH, FOLDER + "/" + NAME + "/", there);
        stage.in(Stage.OTHER_HOST, "rm", "-rf", FOLDER + "/plain");
        return seconds;
    }

    private static double ours(Stage stage) {
        var seconds = stage.timed(
                Stage.HOST,
                HELPER,
                "directory-send",
                FOLDER,
                NAME,
                "5d1b6c1e-6f0a-4c57-9d84-0d9f5f1f2a11",
                "1",
                OPERATION,
                HELPER,
                Stage.OTHER_HOST);
        stage.in(Stage.OTHER_HOST, HELPER, "directory-copy-drop", FOLDER, OPERATION, NAME);
        return seconds;
    }
}
