package io.berth.bench.engine;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.MeasuredEngine;
import io.berth.bench.stage.Stage;
import java.util.List;

/** A guest goes to the other host through a checkpoint and back again, beside what the hypervisor takes for its part alone. */
final class ColdMigrateRatio implements Measurement {
    private final Target target = Target.atMost(
            1.3,
            "ratio",
            "engine.cold-migrate-ratio",
            "cold migration over shared block storage / (virsh save --bypass-cache + virsh restore), 2 GiB dirty");

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(GuestKind.DIRTY_2G);
        var ours = new Samples();
        var commands = new Samples();
        var saves = new Samples();
        var restores = new Samples();
        var plain = new Samples();
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var round = 0; round < rounds; round++) {
                var alone = guest.savePlainly(true);
                saves.add(alone.save());
                restores.add(alone.restore());
                plain.add(alone.save() + alone.restore());
                for (var host : List.of(Stage.OTHER_HOST, Stage.HOST)) {
                    var done = engine.migrate(guest.name(), host);
                    ours.add(done.seconds());
                    commands.add(done.commands());
                    guest.settle();
                }
            }
        }
        return List.of(target.at(
                ours.median() / plain.median(),
                "Berth " + ours + " s, commands " + commands + "; plain " + plain + " s: save " + saves + ", restore "
                        + restores));
    }
}
