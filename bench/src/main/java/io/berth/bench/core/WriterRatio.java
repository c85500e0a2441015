package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.LabGuest;
import io.berth.bench.stage.MeasuredEngine;
import io.berth.bench.stage.MeasuredEngine.Done;
import io.berth.bench.stage.Stage;
import io.berth.bench.stage.StepTimes;
import io.berth.driver.hypervisor.MemoryWriter;
import java.util.List;
import java.util.Optional;

/** A suspend by one writer and a plain {@code virsh save} of the same guest, in turn: median by median. */
final class WriterRatio implements Measurement {
    private static final double MICROS = 1e6;

    private final Target target;
    private final GuestKind kind;
    private final MemoryWriter writer;
    private final boolean plainBypassesCache;
    private final boolean pauseOnly;

    private WriterRatio(
            Target target, GuestKind kind, MemoryWriter writer, boolean plainBypassesCache, boolean pauseOnly) {
        this.target = target;
        this.kind = kind;
        this.writer = writer;
        this.plainBypassesCache = plainBypassesCache;
        this.pauseOnly = pauseOnly;
    }

    static WriterRatio snapshot() {
        var target = Target.atMost(
                1.3, "ratio", "core.snapshot-300m-ratio", "suspend by snapshot / virsh save, 300 MiB dirty");
        return new WriterRatio(target, GuestKind.DIRTY_300M, MemoryWriter.SNAPSHOT, false, false);
    }

    static WriterRatio stream() {
        var target = Target.atMost(
                0.8,
                "ratio",
                "core.stream-300m-ratio",
                "suspend by stream, from QEMU's STOP to COMPLETE / virsh save --bypass-cache, 300 MiB dirty");
        return new WriterRatio(target, GuestKind.DIRTY_300M, MemoryWriter.STREAM, true, true);
    }

    static WriterRatio live() {
        var target = Target.atMost(
                0.55,
                "ratio",
                "core.live-idle-ratio",
                "suspend by live stream, from QEMU's STOP to COMPLETE / virsh save --bypass-cache, 300 MiB, idle");
        return new WriterRatio(target, GuestKind.DIRTY_300M, MemoryWriter.LIVE_STREAM, true, true);
    }

    static WriterRatio fast() {
        var target = Target.atMost(
                1.25, "ratio", "core.fast-2g-ratio", "fast suspend / virsh save --bypass-cache, 2 GiB dirty");
        return new WriterRatio(target, GuestKind.DIRTY_2G, MemoryWriter.FAST, true, false);
    }

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(kind);
        var plain = new Samples();
        var ours = new Samples();
        var whole = new Samples();
        var commands = new Samples();
        var steps = new StepTimes();
        try (var engine = new MeasuredEngine(stage.home());
                var stops = guest.stopEvents()) {
            round(engine, guest); // connects, and compiles what a running engine has compiled
            for (var round = 0; round < rounds; round++) {
                var plainFirst = round % 2 == 0; // a disk that was just written may be slower to whoever comes next
                if (plainFirst) {
                    plain.add(guest.savePlainly(plainBypassesCache).save());
                }
                var done = round(engine, guest);
                whole.add(done.seconds());
                commands.add(done.commands());
                steps.add(done.report());
                ours.add(pauseOnly ? (commit(done) - stops.firstSince(done.begun())) / MICROS : done.seconds());
                if (!plainFirst) {
                    plain.add(guest.savePlainly(plainBypassesCache).save());
                }
            }
        }
        return List.of(target.at(
                ours.median() / plain.median(),
                "Berth " + ours + " s, plain " + plain + " s; whole suspend " + whole + ", commands " + commands
                        + "; steps " + steps));
    }

    private Done round(MeasuredEngine engine, LabGuest guest) {
        var done = engine.suspend(guest.name(), Optional.of(writer));
        engine.resume(guest.name(), Stage.HOST);
        guest.settle();
        return done;
    }

    private static long commit(Done done) {
        var end = done.stepEnds().get("commit");
        if (end == null) {
            throw new IllegalStateException(
                    "no step 'commit' was seen: " + done.stepEnds().keySet());
        }
        return end;
    }
}
