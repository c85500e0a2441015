package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.engine.Engine;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real guest is brought from libvirt to libvirt, and what may happen on the way. */
@ExtendWith(LabExtension.class)
class LiveMigrateLabTest {
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;

    LiveMigrateLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.ferry = new Ferry(site);
    }

    @BeforeEach
    void aGuestRuns() {
        ferry.running();
    }

    @Test
    void aGuestGoesThereAndBackAndIsDefinedWhereItIs() {
        var here = ferry.running();
        for (var there : new HostRef[] {Site.other(here), here}) {
            var before = ferry.hear();

            var report = migrate(site.engine(), there, MigrationMode.BEST, event -> {});

            Ferry.requireSuccess(report);
            assertThat(report.result().plan().kind()).isEqualTo("migrate-live");
            ferry.assertGoesOnAt(there, before);
            assertKnownAt(there);
        }
    }

    @Test
    void aGuestThatItsOwnerPausedArrivesPaused() {
        var here = ferry.running();
        var before = ferry.hear();
        ferry.virsh(here, "suspend", ferry.name()).orFail();

        Ferry.requireSuccess(migrate(site.engine(), Site.other(here), MigrationMode.LIVE, event -> {}));

        assertThat(ferry.state(Site.other(here))).isEqualTo("paused");
        assertThat(ferry.isSilent()).isTrue();
        ferry.virsh(Site.other(here), "resume", ferry.name()).orFail();
        ferry.assertGoesOnAt(Site.other(here), before);
    }

    @Test
    void aCancelledMigrationLeavesTheGuestWhereItWas() {
        var here = ferry.running();
        var before = ferry.hear();
        var wish = new Cancellation();
        try (var engine = site.slowEngine()) {
            var report = engine.machines()
                    .migrate(
                            MigrateRequest.of(ferry.name(), Site.other(here), MigrationMode.LIVE),
                            new Watch(onceMoving(wish::request), wish));

            assertThat(report.result().state()).isEqualTo(OperationState.FAILED);
            assertThat(report.result().failure().orElseThrow().code()).isEqualTo("operation.cancelled");
        }
        ferry.assertGoesOnAt(here, before);
        assertKnownAt(here);
    }

    @Test
    void aGuestGoesOnAtItsSourceWhenItsTargetDiesOnTheWay() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        var report = slowly(there, onceMoving(() -> lab.powerOff(there.name())));

        // Whether a copy stands there isn't known while it is silent.
        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        ferry.recover(there);
        ferry.goesOn(before);
        assertThat(ferry.places()).containsExactly(here);
        lab.powerOn(there.name());
        site.awaitHosts();
        ferry.assertGoesOnAt(here, before);
        assertKnownAt(here);
    }

    @Test
    void aGuestGoesOnAtItsSourceWhenTheHostsLoseSightOfEachOther() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        slowly(there, onceMoving(() -> lab.cut(there.name())));
        lab.join(there.name());
        site.awaitHosts();
        ferry.recover();

        ferry.assertGoesOnAt(here, before);
        assertKnownAt(here);
    }

    /** libvirt lets the source's run on then, while the target's is whole: here there would be two. */
    @Test
    void oneGuestGoesOnWhenTheAnswerThatItArrivedIsLost() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();
        var daemon = lab.in(there.name(), "pgrep", "-x", "libvirtd").orFail().output();
        var cut = new AtomicBoolean();

        var report = slowly(there, event -> {
            if (event instanceof EngineEvent.BytesMoved(var operation, var done, var expected)
                    && done.exceeds(DataSize.ofMebibytes(8))
                    && cut.compareAndSet(false, true)) {
                lab.in(there.name(), "kill", "-STOP", daemon).orFail();
                cutOnceAllIsMoved(here, there);
            }
        });

        assertThat(report.result().succeeded()).isFalse();
        lab.join(there.name());
        lab.in(there.name(), "kill", "-CONT", daemon).orFail();
        site.awaitHosts();
        ferry.recover();
        ferry.assertGoesOnAt(here, before);
        assertKnownAt(here);
    }

    private void cutOnceAllIsMoved(HostRef here, HostRef there) {
        Thread.ofVirtual().start(() -> {
            Waiting.until(
                    "all memory is moved",
                    Duration.ofMinutes(1),
                    () -> ferry.virsh(here, "domjobinfo", "--rawstats", ferry.name())
                            .output()
                            .contains("memory_remaining: 0"));
            lab.cut(there.name());
        });
    }

    @Test
    void aMigrationWhoseEngineWasKilledComesToItsEnd() throws InterruptedException {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();
        var engine = ChildEngine.start(MovingEngine.class, site.folder().toString(), ferry.name(), there.name());
        Waiting.until(
                "memory moves",
                Duration.ofMinutes(1),
                () -> ferry.virsh(here, "domjobinfo", "--rawstats", ferry.name())
                        .output()
                        .contains("operation: 5"));
        engine.destroyForcibly().waitFor();

        ferry.recover();

        ferry.assertGoesOnAt(there, before);
        assertKnownAt(there);
    }

    @Test
    void whatSpeaksAgainstItIsToldBeforeAnythingIsTouched() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        refused(here, "migrate.same-host");
        lab.in(there.name(), "mount", "-t", "tmpfs", "none", "/srv/berth/disks").orFail();
        try {
            refused(there, "migrate.disk-not-shared");
        } finally {
            lab.in(there.name(), "umount", "/srv/berth/disks").orFail();
        }
        lab.in(there.name(), "mount", "-t", "tmpfs", "none", "/root/.ssh").orFail();
        lab.in(here.name(), "mount", "-t", "tmpfs", "none", "/root/.ssh").orFail();
        try {
            refused(there, "migrate.no-way");
        } finally {
            lab.in(there.name(), "umount", "/root/.ssh").orFail();
            lab.in(here.name(), "umount", "/root/.ssh").orFail();
        }

        ferry.assertGoesOnAt(here, before);
        assertKnownAt(here);
    }

    private void refused(HostRef to, String code) {
        assertThatThrownBy(() -> migrate(site.engine(), to, MigrationMode.LIVE, event -> {}))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private void assertKnownAt(HostRef host) {
        assertThat(ferry.virsh(host, "dominfo", ferry.name()).output()).containsPattern("Persistent: +yes");
        assertThat(ferry.virsh(Site.other(host), "list", "--all", "--name").output())
                .doesNotContain(ferry.name());
    }

    private Report migrate(Engine engine, HostRef to, MigrationMode mode, Consumer<EngineEvent> events) {
        return engine.machines()
                .migrate(MigrateRequest.of(ferry.name(), to, mode), new Watch(events, Cancellation.never()));
    }

    private Report slowly(HostRef to, Consumer<EngineEvent> events) {
        try (var engine = site.slowEngine()) {
            return migrate(engine, to, MigrationMode.LIVE, events);
        }
    }

    private static Consumer<EngineEvent> onceMoving(Runnable accident) {
        var once = new AtomicBoolean();
        return event -> {
            if (event instanceof EngineEvent.BytesMoved(var operation, var done, var expected)
                    && done.exceeds(DataSize.ofMebibytes(2))
                    && once.compareAndSet(false, true)) {
                accident.run();
            }
        };
    }
}
