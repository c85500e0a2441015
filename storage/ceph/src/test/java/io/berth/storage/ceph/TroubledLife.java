package io.berth.storage.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.Records;
import io.berth.tck.TroubledTransport;
import java.util.function.Function;

/** One checkpoint's life on a fake cluster, with trouble at one command. Whoever lives it asks again as the engine does. */
final class TroubledLife {
    private static final int TRIES = 3;

    final FakeCephWorld world;
    private final VolumeRef volume;
    private final TroubledTransport transport;
    private final StorageDriver driver;
    private final Call call;

    TroubledLife(VolumeRef volume, AttachWay way, Function<HostTransport, TroubledTransport> trouble) {
        this.volume = volume;
        this.world = new FakeCephWorld(way);
        this.transport = trouble.apply(world.transport);
        this.driver = world.driverOver(transport);
        this.call = world.call(new OperationId("abcdefgh"));
    }

    void create(DataSize size) {
        insist(() -> driver.volumes().create(call, volume, size));
    }

    void grow(DataSize size) {
        insist(() -> driver.volumes().grow(call, volume, size));
    }

    void describe() {
        insist(() -> driver.ledger().describe(call, Records.plain(volume)));
    }

    void take(CheckpointState state) {
        insist(() -> assertThat(driver.ledger().advance(call, volume, 1, state).by())
                .as(story())
                .isEqualTo(call.token().operation()));
        assertThat(world.driver().ledger().find(volume).map(CheckpointLedger.Entry::state))
                .as(story())
                .contains(state);
    }

    /** What couldn't be attached leaves nothing behind, unless it isn't known what became of it. */
    DevicePath attach(HostRef host) {
        insist(() -> {
            try {
                driver.attachments().attach(call, volume, host);
            } catch (Failure failure) {
                if (!failure.isUnknownOutcome()) {
                    assertThat(world.programs.on(host).traces()).as(story()).isEmpty();
                }
                throw failure;
            }
        });
        assertThat(world.driver().attachments().hosts(volume)).as(story()).containsExactly(host);
        return world.driver().attachments().device(volume, host).orElseThrow();
    }

    void detach(HostRef host) {
        insist(() -> driver.attachments().detach(call, volume, host));
        assertThat(world.programs.on(host).traces()).as(story()).isEmpty();
    }

    /** Answers how many commands all of it took. */
    int delete() {
        insist(() -> driver.volumes().delete(call, volume));
        assertThat(world.programs.cluster.images).as(story()).isEmpty();
        assertThat(world.programs.cluster.entries).as(story()).isEmpty();
        return transport.count();
    }

    private void insist(Runnable deed) {
        for (var tries = 1; ; tries++) {
            try {
                deed.run();
                return;
            } catch (Failure failure) {
                assertThat(failure.next()).as(story()).isNotBlank();
                if (tries == TRIES) {
                    throw new AssertionError(story(), failure);
                }
            }
        }
    }

    String story() {
        return transport.toString();
    }
}
