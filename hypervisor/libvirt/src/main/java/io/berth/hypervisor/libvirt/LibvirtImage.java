package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.ImageHeader;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** An image that libvirt itself writes: counted while it is written, measured and labelled afterwards. */
final class LibvirtImage {
    private final Virsh virsh;
    private final VirshCommands commands;
    private final DeviceBytes devices;
    private final WriteCounter counter;
    private final ImageLength length;
    private final ImageReader reader;

    LibvirtImage(Virsh virsh, VirshCommands commands, DeviceBytes devices) {
        this.virsh = virsh;
        this.commands = commands;
        this.devices = devices;
        this.counter = new WriteCounter(virsh);
        this.length = new ImageLength(devices);
        this.reader = new ImageReader(devices);
    }

    /** What the device counted before the writer begins. */
    Before before(HostRef host, SaveRequest request) {
        var path = counter.locate(host, request.target());
        return new Before(path, path.map(file -> counter.read(host, file)).orElse(OptionalLong.empty()));
    }

    /** Whether a complete image of that guest is on the device now. */
    boolean isComplete(HostRef host, VmRef vm, SaveRequest request) {
        return belongsTo(reader.read(host, request.target()), vm);
    }

    /** Measures the complete image and makes its head say what the owner wants. */
    SavedImage finish(Call call, HostRef host, VmRef vm, SaveRequest request, Before before) {
        var header = reader.read(host, request.target());
        if (!belongsTo(header, vm)) {
            throw Failure.of(FailureKind.HYPERVISOR, "image.partial", "libvirt says it saved, but there is no image")
                    .why("the device's head is " + header.form())
                    .next("the guest is as it was: look at the device and at libvirt's log")
                    .host(host)
                    .build();
        }
        var written = written(host, before);
        var found = length.find(host, request.target(), capacity(host, request, before), written);
        if (header.ownerPaused() && !request.ownerPaused()) {
            virsh.change(
                    call,
                    host,
                    "can't label the image",
                    header.definition().getBytes(StandardCharsets.UTF_8),
                    commands.markImageRunning(request.target()));
        }
        return new SavedImage(found, written.isPresent() ? new DataSize(written.getAsLong()) : found);
    }

    /** libvirt cuts a file to nothing before it writes, so that it ends with the image; a device stays as long as it is. */
    private DataSize capacity(HostRef host, SaveRequest request, Before before) {
        return before.counter().isPresent() ? request.capacity() : devices.size(host, request.target());
    }

    private OptionalLong written(HostRef host, Before before) {
        if (before.counter().isEmpty() || before.bytes().isEmpty()) {
            return OptionalLong.empty();
        }
        var now = counter.read(host, before.counter().get());
        return now.isPresent() && now.getAsLong() > before.bytes().getAsLong()
                ? OptionalLong.of(now.getAsLong() - before.bytes().getAsLong())
                : OptionalLong.empty();
    }

    private static boolean belongsTo(ImageHeader header, VmRef vm) {
        return header.form() == ImageHeader.Form.COMPLETE
                && GuestXml.parse(header.definition()).uuid().equals(vm.uuid());
    }

    /** What was known before the writer began. */
    record Before(Optional<String> counter, OptionalLong bytes) {}
}
