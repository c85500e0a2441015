package io.berth.storage.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.Failure;
import io.berth.driver.HostRef;
import io.berth.driver.OperationId;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointLedger;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.StorageDriver;
import io.berth.driver.storage.VolumeRef;
import io.berth.storage.files.Records;
import io.berth.tck.Trouble;
import io.berth.tck.TroubledTransport;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A checkpoint lives its whole life while one command, whichever, fails, never answers, answers too late, or does what it
 * is told and says no: whoever asks again as the engine does comes through, and nothing is left.
 */
class UnrulyCephTest {
    private static final DataSize SIZE = DataSize.ofMebibytes(8);
    private static final DataSize LARGER = DataSize.ofMebibytes(16);
    private static final VolumeRef VOLUME = new VolumeRef("ceph", "berth-abcdefgh");
    private static final byte[] MEMORY = "what the guest remembers".getBytes(StandardCharsets.UTF_8);
    private static final int TRIES = 3;

    @ParameterizedTest
    @EnumSource
    void oneCommandThatGoesWrongCostsNothing(AttachWay way) {
        var commands = new Life(way, TroubledTransport::untroubled).lived();
        assertThat(commands).isGreaterThan(20);
        for (var trouble : Trouble.values()) {
            for (var position = 1; position <= commands; position++) {
                var at = position;
                new Life(way, sound -> TroubledTransport.at(at, sound, trouble)).lived();
            }
        }
    }

    /** One checkpoint's, with trouble at one command. */
    private static final class Life {
        private final FakeCephWorld world;
        private final TroubledTransport transport;
        private final StorageDriver driver;
        private final Call call;

        Life(AttachWay way, Function<HostTransport, TroubledTransport> trouble) {
            this.world = new FakeCephWorld(way);
            this.transport = trouble.apply(world.transport);
            this.driver = world.driverOver(transport);
            this.call = world.call(new OperationId("abcdefgh"));
        }

        /** Answers how many commands it took. */
        int lived() {
            take(CheckpointState.ALLOCATED);
            insist(() -> driver.ledger().describe(call, Records.plain(VOLUME)));
            insist(() -> driver.volumes().create(call, VOLUME, SIZE));
            attach(world.first());
            take(CheckpointState.WRITING);
            insist(() -> driver.volumes().grow(call, VOLUME, LARGER));
            var here =
                    world.driver().attachments().device(VOLUME, world.first()).orElseThrow();
            assertThat(world.size(world.first(), here)).as(story()).isEqualTo(LARGER);
            world.write(world.first(), here, 4096, MEMORY);
            take(CheckpointState.COMPLETE);
            detach(world.first());
            attach(world.second());
            var there =
                    world.driver().attachments().device(VOLUME, world.second()).orElseThrow();
            assertThat(world.read(world.second(), there, 4096, MEMORY.length))
                    .as(story())
                    .isEqualTo(MEMORY);
            take(CheckpointState.CONSUMED);
            detach(world.second());
            insist(() -> driver.volumes().delete(call, VOLUME));
            assertThat(world.programs.cluster.images).as(story()).isEmpty();
            assertThat(world.programs.cluster.entries).as(story()).isEmpty();
            return transport.count();
        }

        private void take(CheckpointState state) {
            insist(() -> assertThat(
                            driver.ledger().advance(call, VOLUME, 1, state).by())
                    .as(story())
                    .isEqualTo(call.token().operation()));
            assertThat(world.driver().ledger().find(VOLUME).map(CheckpointLedger.Entry::state))
                    .as(story())
                    .contains(state);
        }

        /** What couldn't be attached leaves nothing behind, unless it isn't known what became of it. */
        private void attach(HostRef host) {
            insist(() -> {
                try {
                    driver.attachments().attach(call, VOLUME, host);
                } catch (Failure failure) {
                    if (!failure.isUnknownOutcome()) {
                        assertThat(world.programs.on(host).traces()).as(story()).isEmpty();
                    }
                    throw failure;
                }
            });
            assertThat(world.driver().attachments().hosts(VOLUME)).as(story()).containsExactly(host);
        }

        private void detach(HostRef host) {
            insist(() -> driver.attachments().detach(call, VOLUME, host));
            assertThat(world.programs.on(host).traces()).as(story()).isEmpty();
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

        private String story() {
            return transport.toString();
        }
    }
}
