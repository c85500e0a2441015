package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.MeasuredEngine;
import io.berth.bench.stage.Stage;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;
import java.util.Optional;

/** Whether memory is written once: what the kernel counted on the volume's device against the image's length. */
final class BytesWritten implements Measurement {
    private static final Target TARGET = Target.atMost(
            1.02, "ratio", "core.bytes-written-ratio", "bytes written to the volume / image length, worst writer");
    private static final List<MemoryWriter> WRITERS =
            List.of(MemoryWriter.STREAM, MemoryWriter.SNAPSHOT, MemoryWriter.FAST);

    @Override
    public List<Target> targets() {
        return List.of(TARGET);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(GuestKind.DIRTY_300M);
        var worst = 0.0;
        var note = new StringBuilder();
        try (var engine = new MeasuredEngine(stage.home())) {
            for (var writer : WRITERS) {
                var ratios = new Samples();
                for (var round = 0; round < rounds; round++) {
                    var before = guest.writtenToDevices();
                    var done = engine.suspend(guest.name(), Optional.of(writer));
                    var written = guest.writtenToDevices() - before;
                    engine.resume(guest.name(), Stage.HOST);
                    guest.settle();
                    ratios.add((double) written / done.imageLength().bytes());
                }
                worst = Math.max(worst, ratios.median());
                note.append(note.isEmpty() ? "" : ", ")
                        .append(writer)
                        .append(' ')
                        .append(ratios);
            }
        }
        return List.of(TARGET.at(worst, note.toString()));
    }
}
