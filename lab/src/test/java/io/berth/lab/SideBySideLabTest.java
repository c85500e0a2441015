package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.fleet.EvacuateRequest;
import io.berth.core.fleet.FleetReport;
import io.berth.core.fleet.ResumeAllRequest;
import io.berth.core.operation.MigrateRequest;
import io.berth.core.operation.MigrationMode;
import io.berth.core.operation.SuspendRequest;
import io.berth.core.operation.TerminateRequest;
import io.berth.driver.HostRef;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A site with every kind of storage: guests on each of them at once, and none is in another's way. */
@ExtendWith(LabExtension.class)
class SideBySideLabTest {
    private static final List<String> DATASTORES = List.of(Site.FAST, Site.PLAIN, Site.RBD, Site.SCRIPTS);

    private final Lab lab;
    private final ExampleScripts scripts;
    private final Site site;

    SideBySideLabTest(Site plain) {
        this.lab = plain.lab();
        this.scripts = new ExampleScripts(lab, "beside-scripts");
        scripts.copy();
        this.site = plain.withEveryDriver(scripts);
    }

    @AfterEach
    void endTheGuests() throws Exception {
        try (site) {
            onEach(datastore ->
                    site.engine().machines().terminate(TerminateRequest.of(guest(datastore)), Watch.none()));
        }
        scripts.remove();
    }

    @Test
    void guestsOnEveryKindOfStorageLeaveTheirHostAtOnceAndComeBackAtOnce() throws Exception {
        var heard = start();

        // Through a checkpoint, each on the storage of its own.
        all(onEach(datastore -> site.engine()
                .machines()
                .migrate(new MigrateRequest(save(datastore), Site.H2, MigrationMode.COLD), Watch.none())));
        goOnAt(Site.H2, heard);

        complete(site.engine().fleet().evacuate(EvacuateRequest.of(Site.H2), Watch.none()));
        goOnAt(Site.H1, heard);

        all(onEach(datastore -> site.engine().machines().suspend(save(datastore), Watch.none())));
        assertThat(running(Site.H1)).isEmpty();
        complete(site.engine().fleet().resumeAll(ResumeAllRequest.everything(), Watch.none()));
        goOnAt(Site.H1, heard);
    }

    private Map<String, Testimony> start() {
        for (var datastore : DATASTORES) {
            lab.guest(guest(datastore), Site.H1.name(), "--disk", "--memory", "96", "--dirty", "24");
        }
        return DATASTORES.stream().collect(Collectors.toMap(Function.identity(), each -> lab.hear(guest(each))));
    }

    private static String guest(String datastore) {
        return "beside-" + datastore;
    }

    private static SuspendRequest save(String datastore) {
        return new SuspendRequest(
                guest(datastore), Optional.empty(), Optional.of(datastore), Optional.empty(), Optional.empty(), false);
    }

    /** What came of it for each datastore's guest, all at the same time. */
    private static <T> List<T> onEach(Function<String, T> deed) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = DATASTORES.stream()
                    .map(datastore -> executor.submit(() -> deed.apply(datastore)))
                    .toList();
            var done = new ArrayList<T>();
            for (var one : begun) {
                done.add(one.get());
            }
            return done;
        }
    }

    private static void all(List<Report> reports) {
        assertThat(reports).allSatisfy(Ferry::requireSuccess);
    }

    private static void complete(FleetReport report) {
        assertThat(report.isComplete()).as("%s", report).isTrue();
    }

    /** Each with the same memory, nowhere else, and with nothing left behind. */
    private void goOnAt(HostRef host, Map<String, Testimony> since) {
        since.forEach((datastore, heard) -> lab.goesOn(guest(datastore), heard));
        assertThat(running(host)).hasSameSizeAs(DATASTORES);
        assertThat(running(Site.other(host))).isEmpty();
        assertThat(new Traces(lab).all()).isEmpty();
        assertThat(new CephTraces(lab).all()).isEmpty();
        assertThat(scripts.traces()).isEmpty();
    }

    private List<String> running(HostRef host) {
        return DATASTORES.stream()
                .map(SideBySideLabTest::guest)
                .filter(guest -> Emulators.runs(lab, host.name(), guest))
                .toList();
    }
}
