package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.journal.OperationState;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.OperationSettings;
import io.berth.core.operation.ResumeRequest;
import io.berth.core.operation.StartRequest;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.plan.Step;
import io.berth.driver.Cancellation;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.engine.Engine;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real guest whose disk lies in a folder of its host's own takes that along to another host, or comes back. */
@ExtendWith(LabExtension.class)
class DirectoryMoveLabTest {
    private static final String FOLDER = "/srv/local/vms";
    /** Beside the disk, so that bringing it takes its time. */
    private static final String BALLAST = "600MiB";

    private static int number;

    private final Site site;
    private final Lab lab;
    private final String name = "carried-" + ++number;
    private final Engine engine;

    DirectoryMoveLabTest(Site site) {
        this.site = site;
        this.lab = site.lab();
        this.engine = site.withFolders();
    }

    @BeforeEach
    void aGuestRunsFromItsOwnFolder() {
        lab.in("h1", "mkdir", "-p", directory()).orFail();
        lab.in("h2", "mkdir", "-p", FOLDER).orFail();
        lab.in("h1", "fallocate", "-l", "16MiB", directory() + "/disk.0").orFail();
        lab.guest(name, "h1", "--disk", directory() + "/disk.0");
    }

    @AfterEach
    void nothingOfItStays() {
        engine.close();
        lab.heal();
        for (var host : List.of(Site.H1, Site.H2)) {
            lab.in(host.name(), "virsh", "-q", "destroy", name);
            lab.in(host.name(), "virsh", "-q", "undefine", name);
            lab.in(host.name(), "rm", "-rf", FOLDER).orFail();
        }
    }

    private String directory() {
        return FOLDER + "/" + name;
    }

    private List<String> in(HostRef host) {
        return lab.in(host.name(), "ls", "-A", FOLDER).orFail().output().lines().toList();
    }

    private List<HostRef> places() {
        return List.of(Site.H1, Site.H2).stream()
                .filter(host -> Emulators.runs(lab, host.name(), name))
                .toList();
    }

    private Report migrate(HostRef to, Consumer<EngineEvent> events) {
        return engine.machines()
                .migrate(MigrateRequest.of(name, to, MigrationMode.COLD), new Watch(events, Cancellation.never()));
    }

    private void assertAtHome(HostRef host, Testimony since) {
        lab.goesOn(name, since);
        assertThat(places()).containsExactly(host);
        assertThat(in(host)).containsExactly(name);
        assertThat(in(Site.other(host))).isEmpty();
    }

    @Test
    void aGuestGoesThereAndBackWithItsDisk() {
        var before = lab.hear(name);

        Ferry.requireSuccess(migrate(Site.H2, event -> {}));
        assertAtHome(Site.H2, before);
        Ferry.requireSuccess(migrate(Site.H1, event -> {}));

        assertAtHome(Site.H1, before);
    }

    @Test
    void itsMemoryGoesThroughAFileBesideItsFolderWhereTheSiteWantsThat() {
        var before = lab.hear(name);
        try (var staging = site.withStaging()) {
            for (var writer : OperationSettings.SAFE) {
                var saved = staging.machines()
                        .suspend(
                                new SuspendRequest(
                                        name,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(writer),
                                        Optional.empty(),
                                        false),
                                Watch.none());

                Ferry.requireSuccess(saved);
                assertThat(saved.result().plan().steps()).hasAtLeastOneElementOfType(Step.UploadImage.class);
                assertThat(in(Site.H1)).containsExactly(name);
                Ferry.requireSuccess(staging.machines().resume(ResumeRequest.of(name, Site.H1), Watch.none()));
                assertAtHome(Site.H1, before);
            }
        }
    }

    @Test
    void aStoppedGuestIsStartedElsewhereWithItsDisk() {
        var before = lab.hear(name);

        Ferry.requireSuccess(engine.machines().stop(SuspendRequest.of(name), Watch.none()));
        Ferry.requireSuccess(
                engine.machines().start(new StartRequest(name, Optional.of(Site.H2), Set.of()), Watch.none()));

        assertAtHome(Site.H2, before);
    }

    @Test
    void aGuestThatRunsGoesThereAndBackWithItsDisk() {
        lab.in("h1", "cp", "/etc/hostname", directory() + "/context.iso").orFail();
        var before = lab.hear(name);

        Ferry.requireSuccess(migrateLive(engine, Site.H2, Watch.none()));
        assertAtHome(Site.H2, before);
        Ferry.requireSuccess(migrateLive(engine, Site.H1, Watch.none()));

        assertAtHome(Site.H1, before);
        assertThat(lab.in("h1", "ls", directory()).output().lines()).containsExactly("context.iso", "disk.0");
    }

    @Test
    void aGuestThatRunsGoesOnWhereItWasWhenItsTargetDiesWhileItsDiskIsCopied() {
        lab.in("h1", "sh", "-c", "dd if=/dev/urandom of=\"$0\" bs=1M count=14 seek=2 conv=notrunc", disk())
                .orFail();
        var before = lab.hear(name);
        try (var slow = site.slowWithFolders()) {
            var report =
                    migrateLive(slow, Site.H2, new Watch(onceMoving(() -> lab.powerOff("h2")), Cancellation.never()));

            assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        }
        recover(Site.H2);
        lab.goesOn(name, before);
        lab.powerOn("h2");
        Site.awaitHosts(engine);
        engine.upkeep().collectGarbage(true);

        assertAtHome(Site.H1, before);
    }

    @Test
    void aWishToStopIsHeededWithinSecondsWhileADiskIsCopied() {
        lab.in("h1", "sh", "-c", "dd if=/dev/urandom of=\"$0\" bs=1M count=14 seek=2 conv=notrunc", disk())
                .orFail();
        var before = lab.hear(name);
        var wish = new Cancellation();
        var asked = new AtomicLong();
        try (var slow = site.slowWithFolders()) {
            var events = onceMoving(() -> {
                asked.set(System.nanoTime());
                wish.request();
            });

            var report = migrateLive(slow, Site.H2, new Watch(events, wish));

            assertThat(Duration.ofNanos(System.nanoTime() - asked.get())).isLessThan(Duration.ofSeconds(5));
            assertThat(report.result().failure())
                    .get()
                    .extracting(Failure::code)
                    .isEqualTo("operation.cancelled");
        }

        assertAtHome(Site.H1, before);
    }

    private String disk() {
        return directory() + "/disk.0";
    }

    private Report migrateLive(Engine by, HostRef to, Watch watch) {
        return by.machines().migrate(MigrateRequest.of(name, to, MigrationMode.LIVE), watch);
    }

    private static Consumer<EngineEvent> onceMoving(Runnable accident) {
        var once = new AtomicBoolean();
        var migrates = new AtomicBoolean();
        return event -> {
            if (event instanceof EngineEvent.StepBegins begins) {
                migrates.set(begins.step().equals("migrate"));
            }
            if (event instanceof EngineEvent.BytesMoved moved
                    && migrates.get()
                    && moved.done().exceeds(DataSize.ofMebibytes(2))
                    && once.compareAndSet(false, true)) {
                accident.run();
            }
        };
    }

    @Test
    void aTargetThatHasSuchADirectoryAlreadyIsLeftAlone() {
        var before = lab.hear(name);
        lab.in("h2", "mkdir", directory()).orFail();
        lab.in("h2", "touch", directory() + "/somebody-elses").orFail();

        assertThat(migrate(Site.H2, event -> {}).result().failure())
                .get()
                .extracting(Failure::code)
                .isEqualTo("vm.came-home");

        lab.goesOn(name, before);
        assertThat(places()).containsExactly(Site.H1);
        assertThat(lab.in("h2", "ls", directory()).output()).isEqualTo("somebody-elses");
    }

    /** Here an engine is asked that knows nothing of such folders. */
    @Test
    void aTargetWithoutTheDiskIsRefusedBeforeAnythingIsTouched() {
        var before = lab.hear(name);
        var request = MigrateRequest.of(name, Site.H2, MigrationMode.COLD);

        assertThatThrownBy(() -> site.engine().machines().migrate(request, Watch.none()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("disk.absent"));

        assertAtHome(Site.H1, before);
    }

    @Test
    void aGuestComesBackWhenItsTargetDiesWhileItsDirectoryIsBrought() {
        lab.in("h1", "fallocate", "-l", BALLAST, directory() + "/ballast").orFail();
        var before = lab.hear(name);
        var accident = new Thread(() -> {
            awaitCopy();
            lab.powerOff("h2");
        });

        var report = migrate(Site.H2, whenBringing(accident::start));

        assertThat(report.result().state()).isEqualTo(OperationState.PENDING);
        recover(Site.H2);
        lab.goesOn(name, before);
        lab.powerOn("h2");
        Site.awaitHosts(engine);
        engine.upkeep().collectGarbage(true);
        assertAtHome(Site.H1, before);
    }

    @Test
    void anEngineThatIsKilledWhileADirectoryIsBroughtLeavesNothing() throws InterruptedException {
        lab.in("h1", "fallocate", "-l", BALLAST, directory() + "/ballast").orFail();
        var before = lab.hear(name);
        var child = ChildEngine.start(CarryingEngine.class, site.folder().toString(), name, "h2");
        awaitCopy();
        child.destroyForcibly().waitFor();

        recover();

        assertAtHome(Site.H1, before);
    }

    private void awaitCopy() {
        Waiting.until(
                "a directory is brought",
                Duration.ofMinutes(1),
                () -> in(Site.H2).stream().anyMatch(entry -> entry.startsWith(".berth-copy-")));
    }

    private void recover(HostRef... dead) {
        engine.upkeep().recover(Set.of(dead), Watch.none()).stream()
                .filter(recovered -> recovered.operation().vm().name().equals(name))
                .forEach(recovered -> assertThat(recovered.obstacle()).isEmpty());
    }

    private static Consumer<EngineEvent> whenBringing(Runnable accident) {
        return event -> {
            if (event instanceof EngineEvent.StepBegins begins && begins.step().startsWith("bring-directory")) {
                accident.run();
            }
        };
    }
}
