package io.berth.bench.opennebula;

import io.berth.bench.figure.Figure;
import io.berth.bench.figure.Measurement;
import io.berth.bench.figure.Samples;
import io.berth.bench.figure.Target;
import io.berth.bench.stage.BareJvm;
import io.berth.bench.stage.Stage;
import io.berth.opennebula.standin.Requests;
import java.util.List;

/** What the VM driver costs by itself: to start, and to be there. Its requests' script does nothing. */
final class DriverCost implements Measurement {
    private static final Target START = Target.atMost(
            1, "s", "opennebula.start", "VM driver: from its start to INIT SUCCESS; one_vmm_exec takes 0.35 s");
    private static final Target MEMORY = Target.atMost(
            160,
            "MiB",
            "opennebula.memory",
            "VM driver: resident memory after 500 requests by scripts; one_vmm_exec has 35 MiB");
    private static final int REQUESTS = 500;

    @Override
    public List<Target> targets() {
        return List.of(START, MEMORY);
    }

    @Override
    public List<Figure> measure(Stage stage, int rounds) {
        var starts = new Samples();
        var bare = new Samples();
        var resident = new Samples();
        for (var round = 0; round < rounds; round++) {
            bare.add(BareJvm.millis(stage));
            try (var driver = FrontEnd.withoutHosts(stage, "vmm" + round).vmm()) {
                starts.add(driver.startSeconds());
                for (var request = 0; request < REQUESTS; request++) {
                    driver.ask(Requests.line("REBOOT", request, Requests.message(request, "node1")));
                }
                resident.add(driver.residentMebibytes());
            }
        }
        return List.of(
                START.at(
                        starts.median(),
                        "s " + starts + "; a JVM that only starts " + bare + " ms",
                        BareJvm.slowness(bare.median())),
                MEMORY.at(resident.median(), "MiB " + resident));
    }
}
