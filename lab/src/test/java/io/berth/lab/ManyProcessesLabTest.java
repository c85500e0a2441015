package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.operation.ResumeRequest;
import io.berth.driver.HostRef;
import io.berth.engine.Watch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Several {@code berth} processes on one journal, which do what users do, at random and all at once, and are killed in the
 * middle of it; one stands still until its lease is another's. {@code -Dberth.lab.many-seconds=N} lets them go on longer.
 */
@ExtendWith(LabExtension.class)
class ManyProcessesLabTest {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("berth.lab.many-seconds", 45));
    private static final int USERS = 3;
    private static final List<String> GUESTS = List.of("many-1", "many-2");
    /** Longer than a lease lasts. */
    private static final Duration STANDSTILL = Duration.ofSeconds(33);

    private static final int LONGEST_LIFE_MILLIS = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BUG = 9;
    private static final int MEMORY_LOST = 12;
    private static final int KILLED = 137;

    private final Site site;
    private final Lab lab;
    private final Traces traces;
    private final long seed = Long.getLong("berth.lab.many-seed", System.nanoTime());
    private final Map<String, Testimony> before = new HashMap<>();
    private final Map<Integer, AtomicInteger> endings = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    ManyProcessesLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.traces = new Traces(lab);
    }

    @BeforeEach
    void boot() {
        for (var guest : GUESTS) {
            lab.guest(guest, "h1", "--disk", "--memory", "96", "--dirty", "24");
            before.put(guest, lab.hear(guest));
        }
    }

    @AfterEach
    void end() {
        for (var guest : GUESTS) {
            for (var host : List.of("h1", "h2")) {
                lab.in(host, "sh", "-c", "virsh -q destroy " + guest + "; virsh -q undefine " + guest + "; true");
            }
        }
    }

    @Test
    void whoeverIsKilledOrStandsStillEachGuestIsThereOnceAndGoesOn() {
        var end = Instant.now().plus(TIME);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var works = Stream.concat(
                            Stream.of(this::standStill),
                            IntStream.range(0, USERS)
                                    .<Runnable>mapToObj(user -> () -> use(new Random(seed + user), end)))
                    .map(work -> CompletableFuture.runAsync(work, threads))
                    .toList();
            works.forEach(CompletableFuture::join);
        }
        System.out.println("seed " + seed + ", exit codes and how many: " + new TreeMap<>(endings));

        assertThat(broken).isEmpty();
        assertThat(times(0)).as("commands that did what they were told").isGreaterThan(3);
        assertThat(times(KILLED)).as("killed").isGreaterThan(3);
        Waiting.until("all is recovered", PATIENCE, this::isRecovered);
        GUESTS.forEach(this::assertThereOnce);
        assertThat(traces.all()).as("left behind").isEmpty();
    }

    /** One command after the other, some of them killed. */
    private void use(Random random, Instant end) {
        while (Instant.now().isBefore(end)) {
            var process = start(command(random));
            try {
                if (random.nextInt(3) == 0
                        && !process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
                if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    broken.add("a command didn't end");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
            count(process);
        }
    }

    private void count(Process process) {
        var code = process.exitValue();
        endings.computeIfAbsent(code, _ -> new AtomicInteger()).incrementAndGet();
        if (code == BUG || code == MEMORY_LOST) {
            broken.add("exit code " + code);
        }
    }

    private int times(int code) {
        return Optional.ofNullable(endings.get(code)).map(AtomicInteger::get).orElse(0);
    }

    private static List<String> command(Random random) {
        var guest = GUESTS.get(random.nextInt(GUESTS.size()));
        var host = random.nextBoolean() ? "h1" : "h2";
        return switch (random.nextInt(8)) {
            case 0, 1 -> List.of("vm", "suspend", guest);
            case 2, 3 -> List.of("vm", "resume", guest, "--host", host);
            case 4 -> List.of("vm", "migrate", guest, "--host", host, "--cold");
            case 5 -> List.of("vm", "stop", guest);
            case 6 -> List.of("vm", "start", guest);
            default -> List.of("recover");
        };
    }

    private Process start(List<String> words) {
        var argv = Stream.concat(
                        Stream.of(
                                BuiltDaemon.command().toString(),
                                "--home",
                                site.folder().toString()),
                        words.stream())
                .toList();
        try {
            return new ProcessBuilder(argv)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    /** An engine in the middle of a save. It wakes up when others have long gone on with its guest. */
    private void standStill() {
        var process = ChildEngine.start(StalledEngine.class, site.folder().toString(), GUESTS.getFirst());
        try (var lines = process.inputReader()) {
            var line = lines.readLine();
            while (line != null && !line.equals(StalledEngine.MOVING)) {
                line = lines.readLine(); // others may have the guest: it is refused then, and ends
            }
            if (line != null) {
                signal(process, "STOP");
                process.waitFor(STANDSTILL.toMillis(), TimeUnit.MILLISECONDS);
                signal(process, "CONT");
            }
            var _ = lines.readAllLines();
            process.waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void signal(Process process, String name) {
        Program.run(
                        List.of("kill", "-" + name, Long.toString(process.pid())),
                        Map.of(),
                        new byte[0],
                        Duration.ofSeconds(5))
                .orFail();
    }

    private boolean isRecovered() {
        site.engine().upkeep().recover(Set.of(), Watch.none());
        return site.engine().upkeep().unfinished().isEmpty();
    }

    private void assertThereOnce(String guest) {
        var places = places(guest);
        if (places.isEmpty()) {
            Ferry.requireSuccess(site.engine().machines().resume(ResumeRequest.of(guest, Site.H1), Watch.none()));
        }
        assertThat(places(guest)).as(guest + " afterwards").hasSize(1);
        lab.goesOn(guest, Optional.ofNullable(before.get(guest)).orElseThrow());
    }

    private List<HostRef> places(String guest) {
        return Stream.of(Site.H1, Site.H2)
                .filter(host -> Emulators.runs(lab, host.name(), guest))
                .toList();
    }
}
