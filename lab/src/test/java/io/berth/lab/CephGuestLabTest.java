package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.journal.OperationState;
import io.berth.core.journal.StepEvent.Direction;
import io.berth.core.operation.AdoptRequest;
import io.berth.driver.Cancellation;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.storage.VolumeRef;
import io.berth.engine.EngineEvent;
import io.berth.engine.Report;
import io.berth.engine.Watch;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real guest is suspended to a real Ceph cluster, and nothing that happens to hosts and cluster costs it anything. */
@ExtendWith(LabExtension.class)
class CephGuestLabTest {
    private final Site site;
    private final Lab lab;
    private final Ferry ferry;
    private final CephTraces traces;

    CephGuestLabTest(Site plain) {
        this.site = plain.withCeph();
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
    }

    @Test
    void whatTheStockDriverSavedGoesOnElsewhereAndItsImageIsRemovedOnlyThen() {
        var here = ferry.running();
        var there = Site.other(here);
        var before = ferry.hear();
        var vm = ferry.uuid(here);
        var image = saveAsStock(here);

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

    /** By the commands that OpenNebula's own driver runs. Answers the image's name. */
    private String saveAsStock(HostRef host) {
        var image = "one-sys-7-checkpoint";
        var file = "/srv/local/stock-checkpoint";
        ferry.virsh(host, "save", ferry.name(), file).orFail();
        lab.in(
                        host.name(),
                        "rbd",
                        "import",
                        "--no-progress",
                        "--conf=" + Ceph.CONF,
                        "--id=" + Ceph.USER,
                        "--keyring=" + Ceph.KEYRING,
                        file,
                        Ceph.POOL + "/" + image)
                .orFail();
        lab.in(host.name(), "rm", file).orFail();
        return image;
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
