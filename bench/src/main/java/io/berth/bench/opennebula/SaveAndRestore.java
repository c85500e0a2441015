package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.BareJvm;
import io.berth.bench.stage.GuestKind;
import io.berth.bench.stage.LabGuest;
import io.berth.bench.stage.Stage;
import io.berth.opennebula.standin.Requests;
import java.nio.file.Path;
import java.util.List;

/**
 * What the VM driver and a site's scripts add to libvirt's own save and restore of one guest into a file of a datastore that
 * hosts share, in turn with {@code virsh} on the host. The scripts do the work of stock's; stock's own cost, of which these
 * rows tell, is that of lab.md: measured with its Ruby driver and its scripts on the same machine. What is added is mostly
 * the start of processes: those that the scripts are made of.
 */
final class SaveAndRestore implements Measurement {
    private static final Target SAVE = Target.atMost(
            0.1,
            "s",
            "opennebula.save",
            "SAVE by scripts, shared datastore, no NICs, without virsh save's own time; stock 0.32");
    private static final Target RESTORE = Target.atMost(
            0.35,
            "s",
            "opennebula.restore",
            "RESTORE by scripts, context rebuilt, without virsh restore's own time; stock 1.5");
    private static final String FOLDER = "/srv/berth/one/100/5";

    @Override
    public List<Target> targets() {
        return List.of(SAVE, RESTORE);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var guest = stage.guest(GuestKind.IDLE);
        var front = FrontEnd.ofLab(stage);
        var context = front.write("context.sh", "ETH0_IP='10.0.0.5'\n");
        stage.in(Stage.HOST, "mkdir", "-p", FOLDER);
        var saves = new Parts();
        var restores = new Parts();
        var starts = new Samples();
        try (var driver = front.vmm()) {
            for (var round = 0; round <= rounds; round++) {
                starts.add(BareJvm.millis(stage));
                var plain = guest.savePlainly(FOLDER + "/plain");
                var saved = driver.ask(request("SAVE", guest, ""));
                var restored = driver.ask(request("RESTORE", guest, command(context)));
                guest.settle();
                if (round > 0) { // the first brings the scripts to the host, and compiles what a driver at work has
                    // compiled
                    saves.add(saved, plain.save());
                    restores.add(restored, plain.restore());
                }
            }
        }
        return List.of(saves.figure(SAVE, starts), restores.figure(RESTORE, starts));
    }

    private static String command(Path context) {
        return "<TM_COMMAND>CONTEXT shared " + context + " " + Stage.HOST + ":" + FOLDER + "/disk.1 5 100</TM_COMMAND>";
    }

    private static String request(String action, LabGuest guest, String head) {
        return Requests.line(
                action,
                5,
                Requests.message(5, Stage.HOST, head, "")
                        .replace("one-5", guest.name())
                        .replace("/var/lib/one//datastores/100/5", FOLDER));
    }

    /** Times of one kind of request. */
    private static final class Parts {
        private final Samples own = new Samples();
        private final Samples whole = new Samples();
        private final Samples plain = new Samples();

        void add(double seconds, double plainSeconds) {
            own.add(seconds - plainSeconds);
            whole.add(seconds);
            plain.add(plainSeconds);
        }

        Figure figure(Target target, Samples starts) {
            return target.at(
                    own.median(),
                    "own " + own + ", whole " + whole + ", virsh alone " + plain + "; a JVM that only starts " + starts
                            + " ms",
                    BareJvm.slowness(starts.median()));
        }
    }
}
