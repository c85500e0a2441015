package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.engine.EngineEvent;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that is killed in the middle and started again, and one that isn't the only one at work. */
@ExtendWith(LabExtension.class)
class DaemonLabTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Site site;
    private final Ferry ferry;

    DaemonLabTest(Site site) {
        this.site = site;
        this.ferry = new Ferry(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"save", "commit", "destroy"})
    void aSaveWhoseDaemonWasKilledIsSettledByTheNextOneUnasked(String step) {
        var here = ferry.running();
        var before = ferry.hear();
        var doomed = BuiltDaemon.start(site.folder());

        var lost = catchThrowableOfType(
                Failure.class,
                () -> doomed.engine().machines().suspend(SuspendRequest.of(ferry.name()), killing(doomed, step)));

        assertThat(lost.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        settle();
        if (ferry.places().isEmpty()) {
            ferry.assertSuspended();
            Ferry.requireSuccess(ferry.resume(here));
        }
        ferry.assertGoesOnAt(here, before);
    }

    @Test
    void aRestoreWhoseDaemonWasKilledIsSettledByTheNextOneUnasked() {
        var here = ferry.running();
        var before = ferry.hear();
        Ferry.requireSuccess(ferry.suspend(SuspendRequest.of(ferry.name())));
        var doomed = BuiltDaemon.start(site.folder());

        var lost = catchThrowableOfType(
                Failure.class,
                () -> doomed.engine()
                        .machines()
                        .resume(ResumeRequest.of(ferry.name(), here), killing(doomed, "restore")));

        assertThat(lost.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        settle();
        if (ferry.places().isEmpty()) {
            ferry.assertSuspended();
            Ferry.requireSuccess(ferry.resume(here));
        }
        ferry.assertGoesOnAt(here, before);
    }

    /** Nobody tells it to. */
    private void settle() {
        try (var next = BuiltDaemon.start(site.folder())) {
            Waiting.until(
                    "the next daemon has recovered",
                    PATIENCE,
                    () -> next.engine().upkeep().unfinished().stream()
                            .noneMatch(entry -> entry.vm().name().equals(ferry.name())));
        }
    }

    private static Watch killing(BuiltDaemon daemon, String step) {
        return new Watch(
                event -> {
                    if (event instanceof EngineEvent.StepBegins begins
                            && begins.step().equals(step)) {
                        daemon.kill();
                    }
                },
                Cancellation.never());
    }

    /** Whoever waits for the daemon's answer hears then who has the VM's affairs in hand. */
    @Test
    void aDaemonThatStoodStillLongerThanItsLeaseLastsTouchesNothingAndSaysWhoTookOver() {
        var here = ferry.running();
        var before = ferry.hear();
        try (var daemon = BuiltDaemon.start(site.folder())) {
            var stands = new CountDownLatch(1);
            var answer = CompletableFuture.supplyAsync(() -> daemon.patientEngine()
                    .machines()
                    .suspend(ferry.request(Site.FRAGILE, MemoryWriter.STREAM), standingStill(daemon, stands)));
            Waiting.until("the daemon stands still in the middle of the save", PATIENCE, () -> stands.getCount() == 0);

            Waiting.until(
                    "a command has taken over",
                    PATIENCE,
                    () -> berth(List.of("--no-daemon"), "recover") == 0
                            && site.engine().upkeep().unfinished().isEmpty());
            ferry.goesOn(before);
            assertThat(berth(List.of("--no-daemon"), "vm", "suspend", ferry.name()))
                    .isZero();
            ferry.assertSuspended();
            daemon.goOn();

            assertThat(answer.handle((report, failure) -> failure).join())
                    .cause()
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isIn("journal.lease-lost", "guard.refused");
                        assertThat(failure.getMessage()).containsPattern("has had it since|a later owner");
                    });
            ferry.assertSuspended();
            assertThat(berth(List.of(), "vm", "resume", ferry.name())).isZero();
        }
        ferry.assertGoesOnAt(here, before);
    }

    private static Watch standingStill(BuiltDaemon daemon, CountDownLatch stands) {
        return new Watch(
                event -> {
                    if (event instanceof EngineEvent.StepBegins begins
                            && begins.step().equals("save")) {
                        daemon.standStill();
                        stands.countDown();
                    }
                },
                Cancellation.never());
    }

    @Test
    void ofADaemonAndTwoCommandsAtOnceOneDoesItAndTheOthersAreRefused() {
        var here = ferry.running();
        var before = ferry.hear();
        try (var _ = BuiltDaemon.start(site.folder())) {
            assertThat(atOnce("vm", "suspend", ferry.name())).containsOnlyOnce(0);
            ferry.assertSuspended();

            assertThat(atOnce("vm", "resume", ferry.name())).containsOnlyOnce(0);
        }

        ferry.assertGoesOnAt(here, before);
    }

    /** Through the daemon, and twice past it. Answers the exit codes. */
    private List<Integer> atOnce(String... words) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var codes = Stream.of(List.<String>of(), List.of("--no-daemon"), List.of("--no-daemon"))
                    .map(how -> CompletableFuture.supplyAsync(() -> berth(how, words), threads))
                    .toList();
            return codes.stream().map(CompletableFuture::join).toList();
        }
    }

    private int berth(List<String> how, String... words) {
        var argv = Stream.of(
                        Stream.of(
                                BuiltDaemon.command().toString(),
                                "--home",
                                site.folder().toString()),
                        how.stream(),
                        Stream.of(words))
                .flatMap(all -> all)
                .toList();
        return Program.run(argv, Map.of(), new byte[0], PATIENCE).exitCode();
    }
}
