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

/** How much room a guest that goes there and back takes on its host's file systems at the peak. */
final class SpaceOnHosts implements Measurement {
    private static final double MIB = 1 << 20;
    /** It is the same each time. */
    private static final int ENOUGH = 3;

    private static final Target TARGET = Target.atMost(
            0, "MiB", "ceph.host-space", "room that suspend and resume need on the host's file systems, in whole MiB");

    @Override
    public List<Target> targets() {
        return List.of(TARGET);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var ceph = stage.ceph();
        var guest = stage.guest(GuestKind.DIRTY_300M);
        var stock = new Samples();
        var ours = new Samples();
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var round = 0; round < Math.min(rounds, ENOUGH); round++) {
                stock.add(ceph.spaceNeeded(() -> ceph.stock(guest)) / MIB);
                ours.add(ceph.spaceNeeded(() -> {
                            engine.suspend(guest.name(), CephStage.DATASTORE, MemoryWriter.STREAM);
                            engine.resume(guest.name(), Stage.HOST);
                        })
                        / MIB);
                guest.settle();
            }
        }
        if (stock.median() < 1) {
            throw new IllegalStateException("the file that stock's way needs wasn't seen: " + stock);
        }
        return List.of(TARGET.at(
                Math.floor(ours.median()),
                "at the peak " + ours + " MiB, what libvirt and Berth note down; stock " + stock + " MiB"));
    }
}
