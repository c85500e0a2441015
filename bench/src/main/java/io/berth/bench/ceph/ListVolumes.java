package io.berth.bench.ceph;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.Stage;
import java.util.List;

/** How long it takes to list ten thousand volumes with their sizes. */
final class ListVolumes implements Measurement {
    private static final int VOLUMES = 10_000;

    private final Target target =
            Target.atMost(1, "s", "ceph.list-volumes", "listing 10,000 volumes, on the host itself");

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var ceph = stage.ceph();
        Stage.say(VOLUMES + " volumes are made");
        ceph.fill(VOLUMES);
        ceph.listVolumes(VOLUMES); // reads the pool into the disk daemon's memory
        var seconds = new Samples();
        for (var round = 0; round < rounds; round++) {
            seconds.add(ceph.listVolumes(VOLUMES));
        }
        return List.of(target.at(seconds.median(), seconds + " s"));
    }
}
