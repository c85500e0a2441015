package io.berth.bench.core;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.BareJvm;
import io.berth.bench.stage.BerthCommand;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.Stage;
import java.util.List;

/** What the command line adds to the commands on hosts: starting, connecting, planning, journalling. */
final class OwnTimeCli implements Measurement {
    private static final Target SUSPEND = Target.atMost(
            0.4,
            "s",
            "core.own-time-suspend-cli",
            "berth vm suspend, connections kept, without the time of commands on hosts");
    private static final Target RESUME = Target.atMost(
            0.4,
            "s",
            "core.own-time-resume-cli",
            "berth vm resume, connections kept, without the time of commands on hosts");

    @Override
    public List<Target> targets() {
        return List.of(SUSPEND, RESUME);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(GuestKind.IDLE);
        var berth = stage.berth();
        var suspends = new Parts();
        var resumes = new Parts();
        var bare = new Samples();
        for (var round = 0; round < rounds; round++) {
            bare.add(BareJvm.millis(stage));
            suspends.add(berth.run("vm", "suspend", guest.name()));
            resumes.add(berth.run("vm", "resume", guest.name(), "--host", Stage.HOST));
            guest.settle();
        }
        return List.of(suspends.figure(SUSPEND, bare), resumes.figure(RESUME, bare));
    }

    private static final class Parts {
        private final Samples own = new Samples();
        private final Samples whole = new Samples();
        private final Samples connecting = new Samples();

        void add(BerthCommand.Done done) {
            own.add(done.own());
            whole.add(done.seconds());
            connecting.add(done.connecting());
        }

        Figure figure(Target target, Samples bare) {
            return target.at(
                    own.median(),
                    "own " + own + ", of it connecting " + connecting + "; whole " + whole + "; a JVM that only starts "
                            + bare + " ms",
                    BareJvm.slowness(bare.median()));
        }
    }
}
