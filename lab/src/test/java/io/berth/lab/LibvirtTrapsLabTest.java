package io.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.driver.DataSize;
import io.berth.driver.DeviceReading;
import io.berth.driver.Failure;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostTransport;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.tck.HypervisorWorld;
import io.berth.tck.HypervisorWorld.Kind;
import io.berth.tck.HypervisorWorld.SharedDevice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What libvirt and QEMU are known to do that one wouldn't expect, and what the driver makes of it. */
@ExtendWith(LabExtension.class)
class LibvirtTrapsLabTest {
    private static List<GuestTemplate> templates = List.of();

    private final Lab lab;
    private final HostTransport transport;
    private @Nullable HypervisorWorld opened;

    LibvirtTrapsLabTest(Lab lab, HostTransport transport) {
        this.lab = lab;
        this.transport = transport;
    }

    @BeforeAll
    static void bootTemplate(Lab shared) {
        templates = List.of(GuestTemplate.boot(shared, "template-c"));
    }

    @BeforeEach
    void open() {
        opened = new RealHypervisorWorld(lab, transport, templates);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
        Emulators.endAll(lab, "h1");
    }

    private HypervisorWorld world() {
        var world = opened;
        if (world == null) {
            throw new IllegalStateException("no world is open");
        }
        return world;
    }

    private long save(VmRef vm, SharedDevice device, MemoryWriter writer) {
        var driver = world().driver();
        if (writer.pausesFirst()) {
            driver.pause(world().call(vm), Site.H1, vm);
        }
        var request = new SaveRequest(device.on(Site.H1), device.size(), writer, false);
        return driver.saveMemory(world().call(vm), Site.H1, vm, request)
                .length()
                .bytes();
    }

    /** Leaving Berth must be possible: what it wrote is libvirt's own format, behind the link as on the device. */
    @Test
    void plainVirshRestoresWhatTheStreamWroteThroughASymbolicLink() {
        var vm = world().startGuest(Kind.PERSISTENT);
        var device = world().device(DataSize.ofMebibytes(256));
        save(vm, device, MemoryWriter.STREAM);
        var before = world().pulse(vm);
        world().driver().destroy(world().call(vm), Site.H1, vm);
        assertThat(magic(device)).isEqualTo("LibvirtQemudSave");

        lab.in("h1", "ln", "-sfn", device.on(Site.H1).path(), "/tmp/checkpoint").orFail();
        lab.in("h1", "virsh", "restore", "/tmp/checkpoint").orFail();

        var now = world().awaitTick(vm);
        assertThat(now.nonce()).isEqualTo(before.nonce());
        assertThat(now.ticks()).isGreaterThan(before.ticks());
    }

    @Test
    void anImageThatDidNotFitNeverLooksFinished() {
        var vm = world().startGuest(Kind.PERSISTENT);
        for (var writer : List.of(MemoryWriter.STREAM, MemoryWriter.FAST)) {
            var device = world().device(DataSize.ofMebibytes(8));
            var refusal = catchThrowableOfType(Failure.class, () -> save(vm, device, writer));
            assertThat(refusal.code()).isEqualTo("device.full");
            assertThat(magic(device)).isNotEqualTo("LibvirtQemudSave");
            world().driver().resume(world().call(vm), Site.H1, vm);
            world().awaitTick(vm);
        }
    }

    private String magic(SharedDevice device) {
        return lab.in("h1", "head", "-c", "16", device.on(Site.H1).path())
                .orFail()
                .output();
    }

    /**
     * {@code virsh restore --bypass-cache} from a device longer than the image reports an error while the guest runs,
     * and libvirt forgets a transient one. Who doesn't look at processes would start a second copy.
     */
    @Test
    void aGuestThatLibvirtLostIsSeenAndNotDoubled() {
        var vm = world().startGuest(Kind.TRANSIENT);
        var device = world().device(DataSize.ofMebibytes(512));
        var description = world().driver().describe(Site.H1, vm);
        var length = save(vm, device, MemoryWriter.STREAM);
        world().driver().destroy(world().call(vm), Site.H1, vm);

        var restored = lab.in(
                "h1", "virsh", "restore", "--bypass-cache", device.on(Site.H1).path());
        assertThat(restored.succeeded()).as(restored.toString()).isFalse();
        assertThat(lab.in("h1", "virsh", "list", "--name").output()).doesNotContain(vm.name());

        var seen = world().driver().find(Site.H1, vm.uuid()).orElseThrow();
        assertThat(seen.state()).isEqualTo(GuestState.ORPHANED);
        var again = new RestoreRequest(
                vm,
                device.on(Site.H1),
                new DataSize(length),
                DeviceReading.CACHED,
                description.definition(),
                Optional.empty());
        var refusal = catchThrowableOfType(
                Failure.class, () -> world().driver().restorePaused(world().call(vm), Site.H1, again));
        assertThat(refusal.code()).isEqualTo("vm.exists");
        world().driver().destroy(world().call(vm), Site.H1, vm);
        assertThat(world().driver().find(Site.H1, vm.uuid())).isEmpty();
    }
}
