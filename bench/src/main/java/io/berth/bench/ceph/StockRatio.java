package io.berth.bench.ceph;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.CephStage;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.MeasuredEngine;
import io.berth.bench.stage.Stage;
import io.berth.bench.stage.StepTimes;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;

/** A guest there and back: by Berth straight onto an image, and by the stock drivers' way through a file; in turn. */
final class StockRatio implements Measurement {
    private final Target target;
    private final GuestKind kind;

    private StockRatio(Target target, GuestKind kind) {
        this.target = target;
        this.kind = kind;
    }

    static StockRatio cached() {
        return new StockRatio(
                Target.atMost(
                        0.9,
                        "ratio",
                        "ceph.there-and-back-300m-ratio",
                        "fast suspend and resume / virsh save, rbd import, export, rm, virsh restore; 300 MiB dirty"),
                GuestKind.DIRTY_300M);
    }

    static StockRatio large() {
        return new StockRatio(
                Target.atMost(0.75, "ratio", "ceph.there-and-back-2g-ratio", "the same, 2 GiB dirty"),
                GuestKind.DIRTY_2G);
    }

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var ceph = stage.ceph();
        var guest = stage.guest(kind);
        var stock = new Samples();
        var stockSaves = new Samples();
        var ours = new Samples();
        var suspends = new Samples();
        var suspendSteps = new StepTimes();
        var resumeSteps = new StepTimes();
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var round = 0; round <= rounds; round++) {
                var plain = ceph.stock(guest);
                var suspend = engine.suspend(guest.name(), CephStage.DATASTORE, MemoryWriter.FAST);
                var resume = engine.resume(guest.name(), Stage.HOST);
                guest.settle();
                if (round > 0) { // the first connects, and compiles what a running engine has compiled
                    stock.add(plain.both());
                    stockSaves.add(plain.save());
                    ours.add(suspend.seconds() + resume.seconds());
                    suspends.add(suspend.seconds());
                    suspendSteps.add(suspend.report());
                    resumeSteps.add(resume.report());
                }
            }
        }
        return List.of(target.at(
                ours.median() / stock.median(),
                "Berth " + ours + " s, of it suspend " + suspends + "; stock " + stock + " s, of it save and import "
                        + stockSaves + "; suspend " + suspendSteps + "; resume " + resumeSteps));
    }
}
