package io.berth.storage.script;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.FencingToken;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.VmRef;
import io.berth.driver.host.HostCommand;
import io.berth.driver.host.HostDevices;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.hosts.HostAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Where one promise is tried: words for what checks do, and what they made, so that it is taken away again. */
final class TrialGround {
    static final DataSize SIZE = DataSize.ofMebibytes(8);
    static final int BLOCK = 4096;

    private static final String PREFIX = "berth-trial-";

    private final ScriptSettings settings;
    private final ScriptStorage storage;
    private final HostTransport transport;
    private final HostDevices devices;
    private final OperationId operation = new OperationId("trial" + random());
    private final List<VolumeRef> made = new ArrayList<>();

    TrialGround(ScriptSettings settings, ScriptStorage storage, HostTransport transport, HostDevices devices) {
        this.settings = settings;
        this.storage = storage;
        this.transport = transport;
        this.devices = devices;
    }

    ScriptSettings settings() {
        return settings;
    }

    ScriptStorage storage() {
        return storage;
    }

    List<HostRef> hosts() {
        return settings.hosts();
    }

    HostRef first() {
        return settings.hosts().getFirst();
    }

    HostRef second() {
        return settings.hosts().get(1);
    }

    /** On behalf of a VM that there isn't: the guard lets one command for a VM run at a time. */
    Call call() {
        var name = "trial of datastore " + settings.datastore();
        var vm = new VmRef(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name);
        return Call.of(new FencingToken(vm, 1, operation));
    }

    /** A name that nobody used, owned from now on, of a checkpoint that is used up: garbage if this process dies. */
    VolumeRef freshName() {
        return owned(PREFIX + random());
    }

    /** The same, a name that begins with another's. */
    VolumeRef longerName(VolumeRef other, String end) {
        return owned(other.name() + end);
    }

    private VolumeRef owned(String name) {
        var volume = new VolumeRef(settings.datastore(), name);
        made.add(volume);
        storage.ledger().advance(call(), volume, 1, CheckpointState.CONSUMED);
        return volume;
    }

    VolumeRef freshVolume() {
        var volume = freshName();
        storage.volumes().create(call(), volume, SIZE);
        return volume;
    }

    VolumeInfo listed(VolumeRef volume) {
        return storage.volumes().find(volume).orElseThrow(() -> ScriptFailures.absent(volume));
    }

    DevicePath attach(VolumeRef volume, HostRef host) {
        return storage.attachments().attach(call(), volume, host);
    }

    void detach(VolumeRef volume, HostRef host) {
        storage.attachments().detach(call(), volume, host);
    }

    /** Calls the script whatever is so already, which the driver never does unasked. */
    ScriptEnding callAgain(ScriptFunction function, String... arguments) {
        return ScriptEnding.of(storage.scripts().run(call(), function, List.of(arguments)));
    }

    ScriptEnding callAgainAt(HostRef host, ScriptFunction function, VolumeRef volume) {
        return ScriptEnding.of(storage.scripts().runAt(host, call(), function, volume.name()));
    }

    HostAnswer on(HostRef host, String... argv) {
        var command = HostCommand.reading(argv);
        return new HostAnswer(host, command, transport.run(host, command));
    }

    /** Text that nothing else on the storage has. */
    static byte[] pattern() {
        return random().repeat(BLOCK).substring(0, BLOCK).getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes the bytes durable on the device. */
    void write(HostRef host, DevicePath device, long offset, byte[] bytes) {
        var command = HostCommand.changing(
                        call(),
                        "dd",
                        "of=" + device.path(),
                        "bs=" + bytes.length,
                        "iflag=fullblock",
                        "oflag=seek_bytes",
                        "seek=" + offset,
                        "conv=notrunc,fsync")
                .withStdin(bytes);
        var answer = new HostAnswer(host, command, transport.run(host, command));
        if (!answer.succeeded()) {
            throw answer.failure("the device " + device + " can't be written to");
        }
        devices.flush(call(), host, device);
    }

    void mustHold(HostRef host, DevicePath device, long offset, byte[] bytes, String mend) {
        var found = devices.read(host, device, offset, bytes.length);
        require(Arrays.equals(found, bytes), device + " on " + host.name() + " doesn't hold what was written", mend);
    }

    byte[] read(HostRef host, DevicePath device, long offset, int length) {
        return devices.read(host, device, offset, length);
    }

    /** @param mend what an author does about it */
    void require(boolean kept, String why, String mend) {
        if (!kept) {
            throw Failure.of(FailureKind.STORAGE, "script.broken-promise", "the scripts don't keep to their contract")
                    .why(why)
                    .next(mend)
                    .build();
        }
    }

    static void await(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(FailureKind.CANCELLED, "operation.cancelled", "interrupted while scripts were tried")
                    .next("try again")
                    .build();
        }
    }

    /** Takes away all that was made; answers why something stays. */
    Optional<Failure> clear() {
        Optional<Failure> litter = Optional.empty();
        for (var volume : made) {
            try {
                for (var host : storage.attachments().hosts(volume)) {
                    detach(volume, host);
                }
                storage.volumes().delete(call(), volume);
            } catch (Failure stays) {
                litter = Optional.of(stays);
            }
        }
        return litter;
    }

    private static String random() {
        return Long.toUnsignedString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE, 36);
    }
}
