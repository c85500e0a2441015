package io.berth.tck;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.storage.Attachments;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageCapabilities;
import io.berth.driver.storage.Transition;
import io.berth.driver.storage.VolumeInfo;
import io.berth.driver.storage.VolumeRef;
import io.berth.driver.storage.Volumes;
import java.util.concurrent.ThreadLocalRandom;

/** The driver under test in its world, with words for what tests do most. */
final class StorageSubject {
    static final DataSize SIZE = DataSize.ofMebibytes(8);

    private final StorageWorld world;
    private final OperationId operation = freshOperation();

    StorageSubject(StorageWorld world) {
        this.world = world;
    }

    StorageWorld world() {
        return world;
    }

    StorageCapabilities capabilities() {
        return world.driver().capabilities();
    }

    Volumes volumes() {
        return world.driver().volumes();
    }

    Attachments attachments() {
        return world.driver().attachments();
    }

    CheckpointLedger ledger() {
        return world.driver().ledger();
    }

    HostRef first() {
        return world.first();
    }

    HostRef second() {
        return world.second();
    }

    OperationId operation() {
        return operation;
    }

    /** On behalf of the test's own operation. */
    Call call() {
        return world.call(operation);
    }

    VolumeRef freshName() {
        return named("berth-" + freshOperation());
    }

    VolumeRef named(String name) {
        return new VolumeRef(world.datastore(), name);
    }

    /** A volume as the engine makes it: owned first. */
    VolumeRef freshVolume() {
        var volume = freshName();
        advance(volume, CheckpointState.ALLOCATED);
        volumes().create(call(), volume, SIZE);
        return volume;
    }

    VolumeInfo found(VolumeRef volume) {
        return volumes().find(volume).orElseThrow(() -> new AssertionError("there is no volume " + volume));
    }

    CheckpointLedger.Entry entry(VolumeRef volume) {
        return ledger().find(volume).orElseThrow(() -> new AssertionError("the ledger knows no " + volume));
    }

    Transition advance(VolumeRef volume, CheckpointState state) {
        return ledger().advance(call(), volume, 1, state);
    }

    DevicePath attach(VolumeRef volume, HostRef host) {
        return attachments().attach(call(), volume, host);
    }

    void detach(VolumeRef volume, HostRef host) {
        attachments().detach(call(), volume, host);
    }

    static OperationId freshOperation() {
        return new OperationId(
                "tck" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE, 36));
    }

    static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
