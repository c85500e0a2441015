package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.Questions;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.LoopDevice;
import io.berth.storage.hosts.LoopDevices;
import io.berth.storage.hosts.Patience;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Images as files of {@code qemu-storage-daemon} (FUSE), each with a loop device over it. A daemon that died leaves its
 * mount and the device behind, which then answer with errors: such an attachment is none, but has to be taken away.
 */
final class ExportedImages implements ImageDevices {
    /** What the kernel calls the file of a loop device whose mount was taken away under it. */
    private static final String LOST = "/";

    private final CephNames names;
    private final ExportCommands commands;
    private final DatastoreHosts hosts;
    private final LoopDevices devices;
    private final Patience patience;

    ExportedImages(
            CephNames names, ExportCommands commands, DatastoreHosts hosts, LoopDevices devices, Patience patience) {
        this.names = names;
        this.commands = commands;
        this.hosts = hosts;
        this.devices = devices;
        this.patience = patience;
    }

    @Override
    public AttachWay way() {
        return AttachWay.EXPORT;
    }

    @Override
    public boolean possibleOn(HostRef host) {
        var questions = new HostQuestions(hosts);
        return questions.isSo(host, ExportCommands.daemonIsThere())
                && questions.isSo(host, ExportCommands.fuseIsThere());
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return look(volume, host).device(names.file(volume));
    }

    @Override
    public boolean hasTraces(VolumeRef volume, HostRef host) {
        return !look(volume, host).isEmpty();
    }

    private ExportTraces look(VolumeRef volume, HostRef host) {
        try (var questions = Questions.atOnce()) {
            var daemons = questions.ask(() -> daemons(volume, host));
            var mounted = questions.ask(() -> isMounted(volume, host));
            var loops = questions.ask(() -> loops(volume, host));
            return new ExportTraces(daemons.get(), mounted.get(), loops.get());
        }
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host, DataSize size) {
        var there = look(volume, host);
        var known = there.device(names.file(volume)).isPresent();
        try {
            if (!there.isShown()) {
                clear(call, volume, host, there);
                show(call, volume, host);
            }
            var device = deviceOver(call, volume, host, there);
            hosts.on(host, commands.note(call, volume, device.path().getBytes(StandardCharsets.UTF_8)));
            if (!hasSize(host, device, size)) {
                readSizeAnew(call, volume, host, device, size);
                requireSize(volume, host, device, size);
            }
            return device;
        } catch (Failure failure) {
            if (!known && !failure.isUnknownOutcome()) {
                // Nobody knows of this device yet: what can't be used must not stay behind.
                detach(call, volume, host);
            }
            throw failure;
        }
    }

    /** Over a file that has just been shown there is none, and none that the kernel would let overlap. */
    private DevicePath deviceOver(Call call, VolumeRef volume, HostRef host, ExportTraces before) {
        var file = names.file(volume);
        var advice = "that " + file + " can be read";
        return before.isShown()
                ? devices.attach(call, volume, host, file, advice)
                : devices.make(call, volume, host, file, advice);
    }

    private boolean hasSize(HostRef host, DevicePath device, DataSize size) {
        return devices.size(host, device).equals(Optional.of(size));
    }

    private void show(Call call, VolumeRef volume, HostRef host) {
        for (var prepare : List.of(commands.makeFolder(call), commands.makeFile(call, volume))) {
            var made = hosts.on(host, prepare);
            if (!made.succeeded()) {
                throw made.failure("volume " + volume + " can't be attached");
            }
        }
        var started = hosts.on(host, commands.start(call, volume));
        if (!started.succeeded()) {
            throw started.storage("volume.attach-failed", "volume " + volume + " can't be attached")
                    .why(ExportCommands.DAEMON + " can't show it as a file")
                    .next("put right what its output says; \"Unknown driver 'rbd'\": install QEMU's rbd driver"
                            + " (Debian: qemu-block-extra)")
                    .build();
        }
    }

    private void requireSize(VolumeRef volume, HostRef host, DevicePath device, DataSize size) {
        var seen = devices.size(host, device);
        if (!seen.equals(Optional.of(size))) {
            throw Failure.of(FailureKind.STORAGE, "volume.attach-failed", "volume " + volume + " can't be attached")
                    .host(host)
                    .why(device + " has " + seen.map(DataSize::toString).orElse("no size") + " in place of " + size)
                    .next("see that nobody else changes the image, then try again")
                    .build();
        }
    }

    /** What is there isn't whole, or only files are left. */
    private void clear(Call call, VolumeRef volume, HostRef host, ExportTraces there) {
        takeAway(call, volume, host, there);
        removeFiles(call, volume, host);
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        clear(call, volume, host, look(volume, host));
    }

    /** The devices first: they are what may be in use, and what a daemon that ends under them would make nameless. */
    private void takeAway(Call call, VolumeRef volume, HostRef host, ExportTraces there) {
        if (there.isEmpty()) {
            return;
        }
        for (var device : there.loops()) {
            devices.detach(call, volume, host, device);
        }
        for (var process : there.daemons()) {
            require(volume, host, "its daemon", commands.end(call, volume, process));
        }
        // A daemon that ends takes its mount along; one that had died can't.
        var left = look(volume, host);
        if (left.mounted()) {
            require(volume, host, "its mount", commands.unmount(call, volume));
        }
        if (!left.isEmpty() && !patience.until(() -> !hasTraces(volume, host))) {
            throw detachFailed(volume, host, "something of it is still there");
        }
    }

    private void removeFiles(Call call, VolumeRef volume, HostRef host) {
        require(volume, host, "a file of its", commands.removeFiles(call, volume));
    }

    private void require(VolumeRef volume, HostRef host, String part, HostCommand command) {
        var answer = hosts.on(host, command);
        if (!answer.succeeded()) {
            throw answer.storage("volume.detach-failed", "volume " + volume + " can't be detached")
                    .why(part + " can't be taken away")
                    .next("put right what the command's output says, then try again")
                    .build();
        }
    }

    private static Failure detachFailed(VolumeRef volume, HostRef host, String why) {
        return Failure.of(FailureKind.STORAGE, "volume.detach-failed", "volume " + volume + " can't be detached")
                .host(host)
                .why(why)
                .next("try again; 'findmnt' and 'losetup --list' on that host show what is there")
                .build();
    }

    @Override
    public void readSizeAnew(Call call, VolumeRef volume, HostRef host, DataSize size) {
        readSizeAnew(call, volume, host, device(volume, host).orElseThrow(), size);
    }

    private void readSizeAnew(Call call, VolumeRef volume, HostRef host, DevicePath device, DataSize size) {
        var answer = hosts.on(host, commands.setLength(call, volume, size));
        if (answer.succeeded()) {
            answer = devices.readSizeAnew(call, host, device);
        }
        if (!answer.succeeded()) {
            throw answer.failure("volume " + volume + " was enlarged, but its device wasn't");
        }
    }

    private List<LoopDevice> loops(VolumeRef volume, HostRef host) {
        var file = names.file(volume);
        return devices.those(host, device -> device.file().equals(file) || isLost(device, volume, host));
    }

    /** One whose file the kernel lost with the mount: only the note tells whose it was. */
    private boolean isLost(LoopDevice device, VolumeRef volume, HostRef host) {
        if (!device.file().equals(LOST)) {
            return false;
        }
        var noted = hosts.on(host, commands.readNote(volume));
        return noted.succeeded()
                && noted.result().output().strip().equals(device.path().path());
    }

    private List<String> daemons(VolumeRef volume, HostRef host) {
        var answer = hosts.on(host, commands.find(volume));
        if (!answer.succeeded()) {
            throw answer.failure("it is unknown whether volume " + volume + " is attached");
        }
        return answer.result().output().lines().toList();
    }

    private boolean isMounted(VolumeRef volume, HostRef host) {
        var answer = hosts.on(host, ExportCommands.mounts());
        if (!answer.succeeded() || answer.result().truncated()) {
            throw answer.failure("it is unknown whether volume " + volume + " is attached");
        }
        return MountTable.has(answer.result().output(), names.file(volume));
    }
}
