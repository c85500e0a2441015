package io.berth.hypervisor.libvirt;

import io.berth.driver.Call;
import io.berth.driver.HostRef;
import io.berth.driver.VmRef;
import io.berth.driver.hypervisor.GuestState;
import io.berth.driver.hypervisor.SaveRequest;
import io.berth.driver.hypervisor.SavedImage;

/**
 * libvirt's external memory snapshot without metadata and without disks. libvirt holds a job meanwhile, so that nobody
 * else resumes the guest. A guest that was paused before stays paused; with a device too small as well.
 */
final class SnapshotWriting implements MemoryWriting {
    private final Virsh virsh;
    private final VirshCommands commands;
    private final GuestFinder finder;
    private final LibvirtImage image;

    SnapshotWriting(Virsh virsh, VirshCommands commands, GuestFinder finder, LibvirtImage image) {
        this.virsh = virsh;
        this.commands = commands;
        this.finder = finder;
        this.image = image;
    }

    @Override
    public SavedImage write(Call call, HostRef host, VmRef vm, SaveRequest request) {
        var definition = virsh.severalQuickly(
                host, "can't read the guest's definition", 2, mark -> commands.definitions(mark, vm.uuid()));
        if (definition.part(1).isEmpty()) {
            throw VirshErrors.failure(
                    host, "can't read the guest's definition", definition.result(), "virsh", "dumpxml");
        }
        var disks = GuestXml.parse(definition.part(1)).disks().stream()
                .map(GuestDisk::target)
                .toList();
        var before = image.before(host, request);
        try (var _ = JobProgress.of(virsh, commands, call, host, vm.uuid())) {
            virsh.change(
                    call,
                    host,
                    "can't write the guest's memory to " + request.target(),
                    commands.snapshot(vm.uuid(), request.target(), disks));
        }
        var after = finder.existing(host, vm);
        if (after.state() != GuestState.PAUSED) {
            throw GuestFailures.ran(host, vm, "after the snapshot it is " + after.reason());
        }
        return image.finish(call, host, vm, request, before);
    }
}
