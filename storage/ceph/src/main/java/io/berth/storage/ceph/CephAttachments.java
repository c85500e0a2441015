package io.berth.storage.ceph;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.DeviceReading;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.Questions;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images as devices, in the way that the settings prefer of those that the host can. What is there already is found
 * whichever way it was made.
 */
final class CephAttachments implements Attachments {
    private static final int SECTOR = 512;

    private final CephSettings settings;
    private final CephPool pool;
    private final CephFailures failures;
    private final CephClients clients;
    private final DatastoreHosts hosts;
    private final List<ImageDevices> all;

    /** What a host can do doesn't change while it is up; one that learns it later is asked by the next process. */
    private final Map<HostRef, List<ImageDevices>> possible = new ConcurrentHashMap<>();

    /** @param all every way there is */
    CephAttachments(
            CephSettings settings,
            CephPool pool,
            CephFailures failures,
            CephClients clients,
            DatastoreHosts hosts,
            List<ImageDevices> all) {
        this.settings = settings;
        this.pool = pool;
        this.failures = failures;
        this.clients = clients;
        this.hosts = hosts;
        this.all = List.copyOf(all);
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        try (var questions = Questions.atOnce()) {
            var length = questions.ask(() -> pool.size(volume).orElseThrow(() -> failures.absent(volume)));
            var there = questions.ask(() ->
                    on(host).stream().filter(way -> way.hasTraces(volume, host)).findFirst());
            var addresses = questions.ask(() -> clients.addresses(host));
            var size = wholeSectors(call, volume, length.get());
            if (there.get().isEmpty()) {
                clients.note(call, volume, host, addresses.get());
            }
            return there.get().orElseGet(() -> preferred(volume, host)).attach(call, volume, host, size);
        }
    }

    /** A stock checkpoint is as long as its file was: a device over it would lack the last part of a sector. */
    private DataSize wholeSectors(Call call, VolumeRef volume, DataSize size) {
        if (size.bytes() % SECTOR == 0) {
            return size;
        }
        var larger = size.roundUpTo(DataSize.ofMebibytes(1));
        pool.resize(call, volume, larger);
        return larger;
    }

    /** Through FUSE each read is a long way: 384 MiB take libvirt 3 s, large direct reads half of that. */
    @Override
    public DeviceReading reading(VolumeRef volume, HostRef host) {
        return switch (preferred(volume, host).way()) {
            case KRBD, NBD -> DeviceReading.CACHED;
            case EXPORT -> DeviceReading.STREAMED;
        };
    }

    private ImageDevices preferred(VolumeRef volume, HostRef host) {
        return settings.ways().stream()
                .flatMap(way -> on(host).stream().filter(devices -> devices.way() == way))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                                FailureKind.ENVIRONMENT,
                                "volume.attach-failed",
                                "volume " + volume + " can't be attached")
                        .host(host)
                        .why("that host can't do any of " + settings.ways())
                        .next("give it the kernel module rbd, or nbd and the package rbd-nbd, or install"
                                + " qemu-storage-daemon with its rbd driver (Debian: qemu-utils, qemu-block-extra)")
                        .build());
    }

    private List<ImageDevices> on(HostRef host) {
        return possible.computeIfAbsent(
                host, asked -> all.stream().filter(way -> way.possibleOn(asked)).toList());
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        on(host).forEach(way -> way.detach(call, volume, host));
    }

    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return on(host).stream()
                .flatMap(way -> way.device(volume, host).stream())
                .findFirst();
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        var attached = new LinkedHashSet<HostRef>();
        hosts.onEachReachable(host -> on(host).stream().anyMatch(way -> way.hasTraces(volume, host))
                        ? Optional.of(host)
                        : Optional.<HostRef>empty())
                .forEach(host -> host.ifPresent(attached::add));
        return attached;
    }

    /** Makes every device of the volume as large as it has become. */
    void readSizesAnew(Call call, VolumeRef volume, DataSize size) {
        for (var host : hosts(volume)) {
            on(host).stream()
                    .filter(way -> way.device(volume, host).isPresent())
                    .forEach(way -> way.readSizeAnew(call, volume, host, size));
        }
    }
}
