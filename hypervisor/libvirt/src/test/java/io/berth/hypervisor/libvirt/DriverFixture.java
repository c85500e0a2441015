package io.berth.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.DeviceReading;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.MemoryWriter;
import io.berth.driver.hypervisor.RestoreRequest;
import io.berth.driver.hypervisor.SaveRequest;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A driver on a host that is faked, one guest, one device. */
abstract class DriverFixture {
    static final VmRef VM = new VmRef(Golden.GUEST, Golden.NAME);
    static final DevicePath DEVICE = new DevicePath("/dev/loop7");
    static final Call CALL = Call.of(new FencingToken(VM, 1, new OperationId("operation1")));
    static final DataSize CAPACITY = new DataSize(4 << 20);

    final FakeLibvirtHost host = new FakeLibvirtHost();
    final LibvirtDriver driver = new LibvirtDriver(host, LibvirtSettings.defaults());

    static SaveRequest request(MemoryWriter writer, boolean ownerPaused) {
        return new SaveRequest(DEVICE, CAPACITY, writer, ownerPaused);
    }

    static RestoreRequest restore() {
        return restore(DeviceReading.CACHED);
    }

    static RestoreRequest restore(DeviceReading reading) {
        return new RestoreRequest(
                VM,
                DEVICE,
                new DataSize(image().length),
                reading,
                Golden.text("migratable.xml"),
                Optional.of(Golden.text("inactive.xml")));
    }

    void put(byte[] image) {
        host.device = new byte[(int) CAPACITY.bytes()];
        System.arraycopy(image, 0, host.device, 0, image.length);
        host.bytesWritten += Math.ceilDiv(image.length, 4096) * 4096L + 4096;
    }

    /** libvirt's own head and the last part of QEMU's own stream. */
    static byte[] image() {
        var head = Golden.unpacked("snapshot-head.bin.gz");
        var tail = Golden.unpacked("stream-tail.bin.gz");
        var image = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, image, head.length, tail.length);
        return image;
    }

    static Failure lost() {
        return Failure.of(FailureKind.UNKNOWN_OUTCOME, "host.lost", "the connection broke")
                .next("look again")
                .build();
    }

    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
