package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.operation.AdoptRequest;
import io.berth.core.operation.ResumeRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real guest is suspended to a real Ceph cluster, and nothing that happens to hosts and cluster costs it anything. */
@ExtendWith(LabExtension.class)
class CephGuestLabTest {
    /**
     * Stops who reads the image for libvirt as soon as there is a guest: it stays half made. The patterns don't match this
     * text, which is in the command line of the shell that runs it.
     */
    private static final String STOP_READER = """
            until client=$(pgrep -o -f '[v]irsh.* restore /run/berth/restore/'); do sleep 0.01; done
            reader=$(pgrep -P "$(ps -o ppid= -p "$client" | tr -d ' ')" -x berth-host)
            until kill -STOP $reader && pgrep -f '[q]emu.* guest=' > /dev/null; do
                kill -CONT $reader
                sleep 0.01
            done
            """;

    private final HeardCommands commands = new HeardCommands();
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;
    private final CephTraces traces;

    CephGuestLabTest(Site plain) {
        this.site = plain.withCeph(commands.instruments());
        this.lab = site.lab();
        this.ferry = new Ferry(site);
        this.traces = new CephTraces(lab);
    }

    @AfterEach
    void closeEngine() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "FAST"})
    void aGuestOutlivesTheHostItWasSuspendedOn(MemoryWriter writer) {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();

        Ferry.requireSuccess(ferry.suspend(ferry.request(Site.RBD, writer)));
        assertThat(ferry.places()).isEmpty();
        assertThat(traces.images()).hasSize(1);
        assertThat(traces.onHosts()).isEmpty();
        lab.powerOff(here.name());

        Ferry.requireSuccess(ferry.resume(there));
        ferry.goesOn(before);
        lab.powerOn(here.name());
        site.awaitHosts();
        ferry.assertGoesOnAt(there, before);
        assertThat(traces.all()).isEmpty();
        assertThat(commands.restores()).containsExactly("through a FIFO");
    }

    @Test
    void aRestoreThatIsCancelledInTheMiddleOfTheStreamIsNotDoneAndCanBeAskedForAgain() {
        var here = ferry.running();
        var before = ferry.hear();
        Ferry.requireSuccess(ferry.suspend(ferry.request(Site.RBD, MemoryWriter.STREAM)));
        var wish = new Cancellation();
        var half = new CompletableFuture<Void>();
        var _ = half.whenComplete((_, _) -> wish.request());

        Thread.startVirtualThread(
                () -> stopHalfWay(here, half)); // a small guest is restored before it could begin later
        var report = site.engine().machines().resume(ResumeRequest.of(ferry.name(), here), new Watch(_ -> {}, wish));

        assertThat(half).isCompleted();
        assertThat(report.result().state()).isEqualTo(OperationState.FAILED);
        assertThat(report.result().failure()).get().extracting(Failure::code).isEqualTo("operation.cancelled");
        assertThat(ferry.places()).isEmpty();
        assertThat(traces.images()).hasSize(1);
        assertThat(traces.onHosts()).isEmpty();
        Ferry.requireSuccess(ferry.resume(here));
        ferry.assertGoesOnAt(here, before);
        assertThat(traces.all()).isEmpty();
    }

    private void stopHalfWay(HostRef here, CompletableFuture<Void> half) {
        try {
            lab.in(here.name(), "timeout", "60", "sh", "-c", STOP_READER).orFail();
            Waiting.until(
                    "half a guest", Duration.ofSeconds(20), () -> ferry.places().contains(here));
            half.complete(null);
        } catch (Throwable amiss) {
            half.completeExceptionally(amiss);
        }
    }

    @Test
    void whatTheStockDriverSavedGoesOnElsewhereAndItsImageIsRemovedOnlyThen() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();
        var vm = new VmRef(ferry.uuid(here), ferry.name());
        var image = StockCephSave.of(lab, here, ferry.name(), 7);

        Ferry.requireSuccess(site.engine()
                .checkpoints()
                .adopt(new AdoptRequest(new VolumeRef(Site.RBD, image), vm, here, Set.of()), Watch.none()));
        assertThat(traces.images()).containsExactly(image);
        assertThat(traces.onHosts()).isEmpty();

        Ferry.requireSuccess(ferry.resume(there));
        ferry.goesOn(before);
        assertThat(ferry.places()).containsExactly(there);
        assertThat(traces.all()).isEmpty();
    }

    @Test
    void theGuestOutlivesAMonitorThatDiesInMidSave() {
        var here = ferry.running();
        var before = ferry.hear();

        var report = suspend(() -> lab.ceph().fault(Ceph.Fault.MON));

        if (report.result().state() == OperationState.PENDING) {
            // Nobody can tell without a monitor whether the checkpoint was completed: until then the guest stands
            // still.
            assertThat(ferry.places()).containsExactly(here);
        } else {
            assertThat(report.result().state()).isEqualTo(OperationState.FAILED);
            ferry.goesOn(before);
        }
        lab.ceph().heal();
        ferry.recover();
        ferry.assertGoesOnAt(here, before);
        assertThat(traces.all()).isEmpty();
    }

    @Test
    void suspendWaitsForADiskDaemonThatDiesAndComesBack() {
        var here = ferry.running();
        var before = ferry.hear();

        var report = suspend(() -> {
            lab.ceph().fault(Ceph.Fault.OSD);
            Thread.startVirtualThread(lab.ceph()::heal);
        });

        Ferry.requireSuccess(report);
        Ferry.requireSuccess(ferry.resume(here));
        ferry.assertGoesOnAt(here, before);
        assertThat(traces.all()).isEmpty();
    }

    @Test
    void aFullPoolIsRefusedBeforeTheGuestIsTouched() {
        var here = ferry.running();
        var before = ferry.hear();
        lab.ceph()
                .run("rbd", "bench", "--pool", Ceph.POOL, "--image", filler(), "--io-type", "write", "--io-total", "8M")
                .orFail();
        lab.ceph().fault(Ceph.Fault.FULL);
        try {
            var refused = catchThrowableOfType(
                    Failure.class, () -> ferry.suspend(ferry.request(Site.RBD, MemoryWriter.STREAM)));

            assertThat(refused).isNotNull();
            assertThat(refused.code()).isEqualTo("storage.no-room");
        } finally {
            lab.ceph().heal();
            lab.ceph()
                    .run("rbd", "rm", "--pool", Ceph.POOL, "--image", filler())
                    .orFail();
        }
        ferry.assertGoesOnAt(here, before);
        assertThat(traces.all()).isEmpty();
    }

    private String filler() {
        lab.ceph().run("rbd", "create", "--pool", Ceph.POOL, "--image", "filler", "--size", "16M");
        return "filler";
    }

    private Report suspend(Runnable accident) {
        return site.engine()
                .machines()
                .suspend(
                        ferry.request(Site.RBD, MemoryWriter.STREAM),
                        new Watch(
                                event -> {
                                    if (event instanceof EngineEvent.StepBegins begins
                                            && begins.step().equals("save")
                                            && begins.direction() == Direction.FORWARD) {
                                        accident.run();
                                    }
                                },
                                Cancellation.never()));
    }
}
