package io.berth.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import io.berth.core.operation.Heartbeat;
import io.berth.core.operation.OperationIds;
import io.berth.journal.sqlite.ProcessOwner;
import io.berth.journal.sqlite.SqliteJournal;
import io.berth.simulator.boundary.Crossing;
import io.berth.simulator.boundary.Injector;
import io.berth.simulator.boundary.Site;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A process of its own with one engine and many VMs. Prints {@code suspends-a-second cpu-ms-a-suspend resident-MiB}, the
 * last one while the first so many operations stand still in the middle; 0 when none are to.
 */
final class ManySuspends {
    private static final double NANOS = 1e9;
    private static final int WARM_UP = 500;
    private static final int MEBIBYTE = 1 << 20;

    private ManySuspends() {}

    /** Folder of the journal, VMs, most in flight, how many are held in the middle. */
    public static void main(String[] arguments) throws Exception {
        var vms = Integer.parseInt(arguments[1]);
        var flight = Integer.parseInt(arguments[2]);
        var hold = new Hold(Integer.parseInt(arguments[3]));
        try (var journal = SqliteJournal.open(Path.of(arguments[0]))) {
            var common = new SimulatedVm.Common(
                    journal,
                    ProcessOwner.current(),
                    new OperationIds(Clock.systemUTC()),
                    Heartbeat.every(Duration.ofSeconds(10)),
                    hold);
            suspend(make(vms, vms + WARM_UP, common), flight, hold);
            var measured = make(0, vms, common);
            hold.begin();
            var cpu = cpu();
            var began = System.nanoTime();
            suspend(measured, flight, hold);
            System.out.println(vms * NANOS / (System.nanoTime() - began) + " " + (cpu() - cpu) / 1e6 / vms + " "
                    + hold.resident());
        }
    }

    private static List<SimulatedVm> make(int from, int to, SimulatedVm.Common common) {
        return IntStream.range(from, to)
                .mapToObj(number -> new SimulatedVm(number, common))
                .toList();
    }

    private static void suspend(List<SimulatedVm> vms, int flight, Hold hold) throws Exception {
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
            hold.look();
            for (var each : all) {
                each.get();
            }
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Lets operations stand in the middle of a save until enough of them do. */
    private static final class Hold implements Injector {
        private final int wanted;
        private final AtomicInteger left = new AtomicInteger();
        private final CountDownLatch go = new CountDownLatch(1);
        private volatile CountDownLatch there = new CountDownLatch(0);
        private double resident;

        Hold(int wanted) {
            this.wanted = wanted;
        }

        void begin() {
            there = new CountDownLatch(wanted);
            left.set(wanted);
        }

        @Override
        public <T> T carry(Crossing<T> crossing) {
            if (crossing.site().kind() == Site.Kind.MIDDLE && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                there.countDown();
                await(go);
            }
            return crossing.effect().get();
        }

        void look() throws IOException {
            if (left.get() > 0 || there.getCount() > 0) {
                await(there);
                System.gc();
                resident = residentBytes() / MEBIBYTE;
                go.countDown();
            }
        }

        double resident() {
            return resident;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static double residentBytes() throws IOException {
            var pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
            return Long.parseLong(pages) * 4096.0;
        }
    }
}
