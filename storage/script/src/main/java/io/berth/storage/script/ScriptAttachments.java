package io.berth.storage.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.DatastoreHosts;
import io.berth.storage.hosts.OpenFiles;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Volumes as the devices that scripts make of them. A device counts once Berth has seen it on the host. */
final class ScriptAttachments implements Attachments {
    private final VolumeList volumes;
    private final DeviceList devices;
    private final Scripts scripts;
    private final DatastoreHosts hosts;
    private final OpenFiles open;

    ScriptAttachments(VolumeList volumes, DeviceList devices, Scripts scripts, DatastoreHosts hosts, OpenFiles open) {
        this.volumes = volumes;
        this.devices = devices;
        this.scripts = scripts;
        this.hosts = hosts;
        this.open = open;
    }

    /** What a host shows of a volume. */
    private sealed interface Sight {
        record Nothing() implements Sight {}

        record Right(DevicePath device) implements Sight {}

        /** @param why what is wrong with it, completes "but ..." */
        record Wrong(String why) implements Sight {}
    }

    @Override
    public DevicePath attach(Call call, VolumeRef volume, HostRef host) {
        var size = volumes.existing(volume).size();
        if (look(volume, host) instanceof Sight.Right(var device)) {
            return device;
        }
        var deed = new Scripts.Deed(
                "volume.attach-failed",
                "volume " + volume + " can't be attached on " + host.name(),
                () -> lacks(volume, host, size));
        try {
            scripts.changeAt(host, call, deed, ScriptFunction.ATTACH, volume.name());
            return device(volume, host).orElseThrow(() -> wrong(volume, host, "'devices' doesn't name it any more"));
        } catch (Failure failure) {
            if (!failure.isUnknownOutcome() && !failure.is("script.missing")) {
                letGo(call, volume, host, failure);
            }
            throw failure;
        }
    }

    private Optional<String> lacks(VolumeRef volume, HostRef host, DataSize size) {
        return switch (look(volume, host)) {
            case Sight.Right _ -> Optional.empty();
            case Sight.Nothing() -> Optional.of("'devices' doesn't name it; a device of " + size + " should be there");
            case Sight.Wrong(var why) -> Optional.of(why);
        };
    }

    /** What can't be used must not stay behind: nobody else would know of it. */
    private void letGo(Call call, VolumeRef volume, HostRef host, Failure reason) {
        try {
            detach(call, volume, host);
        } catch (Failure stays) {
            reason.noteBeside(stays);
        }
    }

    private Sight look(VolumeRef volume, HostRef host) {
        var there = devices.on(host);
        var device = there.get(volume.name());
        if (device == null) {
            return new Sight.Nothing();
        }
        var others = there.entrySet().stream()
                .filter(other ->
                        other.getValue().equals(device) && !other.getKey().equals(volume.name()))
                .findFirst();
        if (others.isPresent()) {
            return new Sight.Wrong(device + " is the device of " + others.get().getKey() + " too");
        }
        var wanted = volumes.find(volume);
        if (wanted.isEmpty()) {
            return new Sight.Wrong(device + " is of a volume that 'list' doesn't name");
        }
        var size = size(host, device);
        return size.equals(Optional.of(wanted.get().size()))
                ? new Sight.Right(device)
                : new Sight.Wrong(size.map(seen -> device + " has " + seen + " in place of "
                                + wanted.get().size())
                        .orElse(device + " isn't there"));
    }

    private Optional<DataSize> size(HostRef host, DevicePath device) {
        var answer = hosts.on(host, HostCommand.reading(HostCommand.HELPER, "device-size", device.path()));
        var digits = answer.result().output().strip();
        return answer.succeeded() && digits.matches("[0-9]{1,18}")
                ? Optional.of(new DataSize(Long.parseLong(digits)))
                : Optional.empty();
    }

    @Override
    public void detach(Call call, VolumeRef volume, HostRef host) {
        var device = devices.on(host).get(volume.name());
        if (device == null) {
            return;
        }
        open.awaitFree(volume, host, device.path());
        var deed = new Scripts.Deed(
                "volume.detach-failed",
                "volume " + volume + " can't be detached from " + host.name(),
                () -> isNamed(volume, host) ? Optional.of("'devices' still names it") : Optional.empty());
        scripts.changeAt(host, call, deed, ScriptFunction.DETACH, volume.name());
    }

    /**
     * @throws Failure {@code volume.wrong-device} (STORAGE) when the script tells of a device that can't be the volume's:
     *     neither to be written to nor to be taken for detached
     */
    @Override
    public Optional<DevicePath> device(VolumeRef volume, HostRef host) {
        return switch (look(volume, host)) {
            case Sight.Nothing() -> Optional.empty();
            case Sight.Right(var device) -> Optional.of(device);
            case Sight.Wrong(var why) -> throw wrong(volume, host, why);
        };
    }

    private static Failure wrong(VolumeRef volume, HostRef host, String why) {
        return Failure.of(FailureKind.STORAGE, "volume.wrong-device", "the device of volume " + volume + " isn't it")
                .host(host)
                .why(why)
                .next("look at the device there and at the script 'devices'; detach the volume, then try again")
                .build();
    }

    @Override
    public Set<HostRef> hosts(VolumeRef volume) {
        var attached = new LinkedHashSet<HostRef>();
        hosts.onEachReachable(host -> isNamed(volume, host) ? Optional.of(host) : Optional.<HostRef>empty())
                .forEach(host -> host.ifPresent(attached::add));
        return attached;
    }

    private boolean isNamed(VolumeRef volume, HostRef host) {
        return devices.named(host).containsKey(volume.name());
    }

    /** What isn't yet as it should be on the hosts of a volume that was enlarged. */
    Optional<String> lacks(VolumeRef volume) {
        return hosts(volume).stream()
                .flatMap(host -> look(volume, host) instanceof Sight.Wrong(var why)
                        ? Optional.of(why + " on " + host.name()).stream()
                        : Optional.<String>empty().stream())
                .findFirst();
    }
}
