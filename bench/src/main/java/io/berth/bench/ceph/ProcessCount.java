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
import java.util.Set;

/** How many programs of Ceph are started on hosts. */
final class ProcessCount implements Measurement {
    private static final Target SUSPEND =
            Target.atMost(8, "count", "ceph.processes-suspend", "programs of Ceph that one suspend starts");
    private static final Target RESUME =
            Target.atMost(6, "count", "ceph.processes-resume", "programs of Ceph that one resume starts");
    private static final Set<String> PROGRAMS =
            Set.of("rbd", "ceph", "rados", "rbd-nbd", "rbd-fuse", "qemu-storage-daemon");

    @Override
    public List<Target> targets() {
        return List.of(SUSPEND, RESUME);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        stage.ceph();
        var guest = stage.guest(GuestKind.IDLE);
        var suspends = new Samples();
        var resumes = new Samples();
        var note = "";
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var round = 0; round < rounds; round++) {
                var suspend = programs(engine.suspend(guest.name(), CephStage.DATASTORE, MemoryWriter.STREAM));
                var resume = programs(engine.resume(guest.name(), Stage.HOST));
                guest.settle();
                suspends.add(suspend.size());
                resumes.add(resume.size());
                note = "suspend " + suspend + ", resume " + resume;
            }
        }
        return List.of(SUSPEND.at(suspends.median(), note), RESUME.at(resumes.median(), note));
    }

    /** As {@code PROGRAM}, or {@code berth-host daemon-start ... -- env NAME=VALUE... PROGRAM}. */
    private static List<String> programs(MeasuredEngine.Done done) {
        return done.commandLines().stream()
                .flatMap(argv -> (argv.contains("daemon-start")
                                ? argv.stream()
                                : argv.stream().limit(1))
                        .map(word -> word.substring(word.lastIndexOf('/') + 1))
                        .filter(PROGRAMS::contains)
                        .limit(1))
                .toList();
    }
}
