package io.berth.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.OperationIds;
import io.berth.journal.sqlite.ProcessOwner;
import io.berth.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * A process of its own with one engine and many VMs. Prints {@code suspends-a-second cpu-ms-a-suspend resident-MiB}, the
 * last one while the first so many operations stand still in the middle; 0 when none are to.
 */
final class ManySuspends {
    private static final double NANOS = 1e9;
    private static final int WARM_UP = 500;
    private static final double PAGE = 4096;
    private static final int MEBIBYTE = 1 << 20;

    private ManySuspends() {}

    /** Folder of the journal, VMs, most in flight, how many are held in the middle. */
    public static void main(String[] arguments) throws Exception {
        var vms = Integer.parseInt(arguments[1]);
        var flight = Integer.parseInt(arguments[2]);
        var held = Integer.parseInt(arguments[3]);
        var hold = new Hold();
        try (var journal = SqliteJournal.open(Path.of(arguments[0]))) {
            var common = new SimulatedVm.Common(
                    journal,
                    ProcessOwner.current(),
                    new OperationIds(Clock.systemUTC()),
                    Heartbeat.every(Duration.ofSeconds(10)),
                    hold);
            var _ = suspend(make(vms, vms + WARM_UP, common), flight, hold);
            var measured = make(0, vms, common);
            hold.begin(held);
            var cpu = cpu();
            var began = System.nanoTime();
            var resident = suspend(measured, flight, hold);
            System.out.println(vms * NANOS / (System.nanoTime() - began) + " " + (cpu() - cpu) / 1e6 / vms + " "
                    + (held > 0 ? resident : 0));
        }
    }

    private static List<SimulatedVm> make(int from, int to, SimulatedVm.Common common) {
        return IntStream.range(from, to)
                .mapToObj(number -> new SimulatedVm(number, common))
                .toList();
    }

    /** What is in memory when as many stand still as are to. */
    private static double suspend(List<SimulatedVm> vms, int flight, Hold hold) throws Exception {
        var room = new Semaphore(flight);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = vms.stream()
                    .map(vm -> threads.submit(() -> {
                        room.acquire();
                        try {
                            vm.suspend();
                        } finally {
                            room.release();
                        }
                        return vm;
                    }))
                    .toList();
            hold.awaitAll();
            System.gc();
            var resident = residentMebibytes();
            hold.end();
            for (var each : all) {
                each.get();
            }
            return resident;
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double residentMebibytes() throws IOException {
        var pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * PAGE / MEBIBYTE;
    }
}
