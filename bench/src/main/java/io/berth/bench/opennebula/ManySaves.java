package io.berth.bench.opennebula;

import io.berth.bench.engine.Hold;
import io.berth.bench.engine.SimulatedVm;
import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.OperationIds;
import io.berth.driver.HostRef;
import io.berth.engine.HostView;
import io.berth.engine.testkit.FakeEngine;
import io.berth.engine.testkit.Samples;
import io.berth.journal.sqlite.ProcessOwner;
import io.berth.journal.sqlite.SqliteJournal;
import io.berth.opennebula.standin.Requests;
import io.berth.opennebula.standin.StandInOned;
import io.berth.opennebula.standin.StubSite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process of its own with one VM driver and a stand-in for the core, which asks for many saves at once, round after
 * round: Berth's operations on a real journal, on simulated hosts that let all of them stand in the middle. Prints {@code
 * threads heap-MiB-after-round-2 heap-MiB-after-the-last}.
 */
final class ManySaves {
    private static final int HOSTS = 20;
    private static final int ROUNDS = 10;
    private static final int EARLY = 2;
    private static final double MEBIBYTE = 1 << 20;

    private final FakeEngine engine = new FakeEngine();
    private final Hold hold = new Hold();
    private final Map<String, SimulatedVm> vms = new ConcurrentHashMap<>();
    private final SimulatedVm.Common common;
    private final int saves;
    private long threads;

    private ManySaves(SqliteJournal journal, int saves) {
        this.saves = saves;
        this.common = new SimulatedVm.Common(
                journal,
                ProcessOwner.current(),
                new OperationIds(Clock.systemUTC()),
                Heartbeat.every(Duration.ofSeconds(10)),
                hold);
        for (var host = 0; host < HOSTS; host++) {
            engine.hosts.views.add(new HostView(new HostRef(host(host)), "", "simulated"));
        }
        engine.machines.outcome = (name, watch) -> {
            Objects.requireNonNull(vms.get(name), name).suspend();
            return Samples.report(name);
        };
    }

    /** An empty folder, and how many saves at once. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var saves = Integer.parseInt(arguments[1]);
        var site = new StubSite(Files.createDirectories(folder.resolve("site")));
        try (var journal = SqliteJournal.open(folder.resolve("journal"))) {
            var many = new ManySaves(journal, saves);
            try (var oned = new StandInOned(site.settings("-t " + saves + " -r 0 kvm -p"), () -> many.engine)) {
                System.out.println(many.run(oned));
            }
        }
        System.exit(0);
    }

    private String run(StandInOned oned) throws IOException {
        var early = 0.0;
        var late = 0.0;
        for (var round = 1; round <= ROUNDS; round++) {
            ask(oned, round);
            late = heap();
            early = round == EARLY ? late : early;
        }
        return threads + " " + early + " " + late;
    }

    private void ask(StandInOned oned, int round) throws IOException {
        hold.begin(saves);
        for (var save = 0; save < saves; save++) {
            var vm = new SimulatedVm(round * saves + save, common);
            vms.put(vm.name(), vm);
            oned.say(line(save, vm.name()));
        }
        hold.awaitAll();
        threads = Math.max(threads, operatingSystemsThreads());
        hold.end();
        for (var save = 0; save < saves; save++) {
            var answer = oned.hearUntil(line -> line.startsWith("SAVE ")).getLast();
            if (!answer.startsWith("SAVE SUCCESS ")) {
                throw new IllegalStateException(answer);
            }
        }
        vms.clear();
        engine.machines.suspended.clear();
    }

    private static String line(int number, String guest) {
        return Requests.line(
                "SAVE",
                number,
                Requests.message(number, host(number % HOSTS), "", "")
                        .replace("<DEPLOY_ID>one-" + number, "<DEPLOY_ID>" + guest)
                        .replace(
                                "</TM_MAD></DATASTORE>",
                                "</TM_MAD><TEMPLATE><CHECKPOINT_LOCATION>block</CHECKPOINT_LOCATION>"
                                        + "<BERTH_DATASTORE>store</BERTH_DATASTORE></TEMPLATE></DATASTORE>"));
    }

    private static String host(int number) {
        return "node" + number;
    }

    /** All of them, the virtual machine's own too. */
    private static long operatingSystemsThreads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.count();
        }
    }

    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }
}
