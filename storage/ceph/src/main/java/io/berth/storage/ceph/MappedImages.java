package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.Patience;
import java.util.List;
import java.util.Optional;

/**
 * Images that {@code rbd device map} makes devices of. A mapping is known by its image, never by its device's number,
 * which the host gives to another image as soon as it is free.
 */
final class MappedImages implements ImageDevices {
    /** Whose devices they are. */
    enum Client {
        KERNEL(AttachWay.KRBD, "krbd", "rbd"),
        NBD(AttachWay.NBD, "nbd", "rbd-nbd");

        private final AttachWay way;
        private final String type;
        private final String program;

        Client(AttachWay way, String type, String program) {
            this.way = way;
            this.type = type;
            this.program = program;
        }

        /** The kernel's part is there, or can be loaded. */
        private List<HostCommand> module() {
            return switch (this) {
                case KERNEL ->
                    List.of(
                            HostCommand.reading("test", "-d", "/sys/bus/rbd"),
                            HostCommand.reading("modprobe", "--dry-run", "--quiet", "rbd"));
                case NBD ->
                    List.of(
                            HostCommand.reading("test", "-d", "/sys/module/nbd"),
                            HostCommand.reading("modprobe", "--dry-run", "--quiet", "nbd"));
            };
        }
    }

    private final Client client;
    private final CephSettings settings;
    private final CephNames names;
    private final CephCommands commands;
    private final CephFailures failures;
    private final DatastoreHosts hosts;
    private final Patience patience;

    MappedImages(
            Client client,
            CephSettings settings,
            CephNames names,
            CephCommands commands,
            CephFailures failures,
            DatastoreHosts hosts,
            Patience patience) {
        this.client = client;
        this.settings = settings;
        this.names = names;
        this.commands = commands;
        this.failures = failures;
        this.hosts = hosts;
        this.patience = patience;
    }

    @Override
    public AttachWay way() {
        return client.way;
    }

    @Override
    public boolean possibleOn(HostRef host) {
        var questions = new HostQuestions(hosts);
        return questions.isSo(host, HostCommand.reading(client.program, "--version"))
                && client.module().stream().anyMatch(question -> questions.isSo(host, question));
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return mappings(volume, host).stream().map(CephJson.Mapped::device).findFirst();
    }

    @Override
    public boolean hasTraces(VolumeRef volume, HostRef host) {
        return !mappings(volume, host).isEmpty();
    }

    private List<CephJson.Mapped> mappings(VolumeRef volume, HostRef host) {
        var what = "it is unknown whether volume " + volume + " is attached";
        var answer = hosts.on(host, CephCommands.mapped(client.type));
        if (!answer.succeeded() || answer.result().truncated()) {
            throw failures.of(answer, what);
        }
        return CephJson.mapped(answer.result().output())
                .orElseThrow(() -> CephFailures.unreadable(answer, what))
                .stream()
                .filter(mapping -> mapping.pool().equals(settings.pool())
                        && mapping.namespace().equals(settings.namespace().orElse(""))
                        && mapping.image().equals(names.image(volume)))
                .toList();
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host, DataSize size) {
        var there = device(volume, host);
        try {
            if (there.isEmpty()) {
                map(call, volume, host);
            }
            return confirmed(volume, host, size);
        } catch (Failure failure) {
            if (there.isEmpty() && !failure.isUnknownOutcome()) {
                // Nobody knows of this device yet: what can't be used must not stay behind.
                detach(call, volume, host);
            }
            throw failure;
        }
    }

    private void map(Call call, VolumeRef volume, HostRef host) {
        var image = names.image(volume);
        var answer = hosts.on(
                host,
                switch (client) {
                    case KERNEL -> commands.mapAlone(call, client.type, image);
                    case NBD -> commands.map(call, client.type, image);
                });
        if (!answer.succeeded()) {
            throw failures.of(answer, "volume " + volume + " can't be attached");
        }
    }

    /** What the list of mappings says counts, not what the mapping command printed. */
    private DevicePath confirmed(VolumeRef volume, HostRef host, DataSize size) {
        if (!patience.until(() -> device(volume, host)
                .filter(device -> hasSize(host, device, size))
                .isPresent())) {
            throw Failure.of(FailureKind.STORAGE, "volume.attach-failed", "volume " + volume + " can't be attached")
                    .host(host)
                    .why(device(volume, host)
                            .map(device -> device + " hasn't the volume's size " + size)
                            .orElse("no device of it has appeared"))
                    .next("see what 'dmesg' and 'rbd device list' say there, then try again")
                    .build();
        }
        return device(volume, host).orElseThrow();
    }

    private boolean hasSize(HostRef host, DevicePath device, DataSize size) {
        var answer = hosts.on(host, HostCommand.reading(HostCommand.HELPER, "device-size", device.path()));
        return answer.succeeded() && answer.result().output().strip().equals(Long.toString(size.bytes()));
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        if (!hasTraces(volume, host)) {
            return;
        }
        var command = commands.unmap(call, client.type, names.image(volume));
        // Programs like udev's have any device open for a moment.
        var gone = patience.until(
                () -> hosts.on(host, command).result().exitCode() != CephFailures.BUSY || !hasTraces(volume, host));
        if (!patience.until(() -> !hasTraces(volume, host))) {
            throw Failure.of(
                            gone ? FailureKind.STORAGE : FailureKind.CONFLICT,
                            gone ? "volume.detach-failed" : "volume.in-use",
                            "volume " + volume + " can't be detached")
                    .host(host)
                    .why(gone ? "'rbd device unmap' was asked to, but it is still mapped" : "a process has it open")
                    .next("end what uses it ('fuser -v' names it), then try again")
                    .build();
        }
    }

    /** The client hears of a new size from the cluster. */
    @Override
    public void readSizeAnew(Call call, VolumeRef volume, HostRef host, DataSize size) {
        confirmed(volume, host, size);
    }
}
