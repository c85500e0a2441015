package io.berth.bench.ceph;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.CephStage;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.MeasuredEngine;
import io.berth.bench.stage.Stage;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;

/**
 * What a guest that goes there and back makes disks write, the cluster's and the host's, beside the stock drivers' way;
 * and how often its image is read.
 */
final class BytesOnDisks implements Measurement {
    private static final double MIB = 1 << 20;
    private static final Target WRITTEN = Target.atMost(
            0.6, "ratio", "ceph.bytes-written-ratio", "bytes written to all disks / the stock drivers' way");
    private static final Target READ =
            Target.atMost(1.05, "ratio", "ceph.images-read", "bytes read from the cluster / image length");

    @Override
    public List<Target> targets() {
        return List.of(WRITTEN, READ);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var ceph = stage.ceph();
        var guest = stage.guest(GuestKind.DIRTY_300M);
        var stock = new Samples();
        var ours = new Samples();
        var read = new Samples();
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var round = 0; round < rounds; round++) {
                var before = ceph.traffic();
                var files = ceph.stock(guest).files();
                stock.add((ceph.traffic().since(before).written() + files) / MIB);

                before = ceph.traffic();
                var done = engine.suspend(guest.name(), CephStage.DATASTORE, MemoryWriter.FAST);
                engine.resume(guest.name(), Stage.HOST);
                var traffic = ceph.traffic().since(before);
                guest.settle();
                ours.add(traffic.written() / MIB);
                read.add((double) traffic.read() / done.imageLength().bytes());
            }
        }
        return List.of(
                WRITTEN.at(
                        ours.median() / stock.median(),
                        "Berth, all of it to the cluster, " + ours + " MiB; stock, to the cluster and to files, "
                                + stock + " MiB"),
                READ.at(read.median(), "the image once, and what looking at it takes: " + read));
    }
}
