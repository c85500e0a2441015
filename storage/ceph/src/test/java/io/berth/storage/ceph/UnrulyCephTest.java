package io.berth.storage.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import io.berth.driver.host.HostTransport;
import io.berth.driver.storage.CheckpointState;
import io.berth.driver.storage.VolumeRef;
import io.berth.tck.Trouble;
import io.berth.tck.TroubledTransport;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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
    private static final VolumeRef STOCK = new VolumeRef("ceph", "one-sys-7-checkpoint");
    private static final byte[] MEMORY = "what the guest remembers".getBytes(StandardCharsets.UTF_8);
    /** As long as the file that was imported: the memory's end is in the last, unfinished sector. */
    private static final long STOCK_BYTES = DataSize.ofMebibytes(3).bytes() + 700;

    @ParameterizedTest
    @EnumSource
    void oneCommandThatGoesWrongCostsNothing(AttachWay way) {
        strike(trouble -> lived(new TroubledLife(VOLUME, way, trouble)));
    }

    /** An adopted image is enlarged before a host gets a device of it. */
    @ParameterizedTest
    @EnumSource
    void norDoesItCostTheMemoryThatStocksDriverSaved(AttachWay way) {
        strike(trouble -> livedByStock(new TroubledLife(STOCK, way, trouble)));
    }

    /** @param life answers how many commands it took */
    private static void strike(ToIntFunction<Function<HostTransport, TroubledTransport>> life) {
        var commands = life.applyAsInt(TroubledTransport::untroubled);
        assertThat(commands).isGreaterThan(10);
        for (var trouble : Trouble.values()) {
            for (var position = 1; position <= commands; position++) {
                var at = position;
                var _ = life.applyAsInt(sound -> TroubledTransport.at(at, sound, trouble));
            }
        }
    }

    private static int lived(TroubledLife life) {
        var world = life.world;
        life.take(CheckpointState.ALLOCATED);
        life.describe();
        life.create(SIZE);
        var here = life.attach(world.first());
        life.take(CheckpointState.WRITING);
        life.grow(LARGER);
        assertThat(world.size(world.first(), here)).as(life.story()).isEqualTo(LARGER);
        world.write(world.first(), here, 4096, MEMORY);
        life.take(CheckpointState.COMPLETE);
        life.detach(world.first());
        var there = life.attach(world.second());
        assertThat(world.read(world.second(), there, 4096, MEMORY.length))
                .as(life.story())
                .isEqualTo(MEMORY);
        life.take(CheckpointState.CONSUMED);
        life.detach(world.second());
        return life.delete();
    }

    private static int livedByStock(TroubledLife life) {
        var world = life.world;
        var image = new FakeImage(STOCK_BYTES);
        var end = STOCK_BYTES - MEMORY.length;
        image.write(end, MEMORY);
        world.programs.cluster.images.put(STOCK.name(), image);
        var here = life.attach(world.first());
        assertThat(world.size(world.first(), here)).as(life.story()).isEqualTo(DataSize.ofMebibytes(4));
        assertThat(world.read(world.first(), here, end, MEMORY.length))
                .as(life.story())
                .isEqualTo(MEMORY);
        life.describe();
        life.take(CheckpointState.COMPLETE);
        life.detach(world.first());
        var there = life.attach(world.second());
        assertThat(world.read(world.second(), there, end, MEMORY.length))
                .as(life.story())
                .isEqualTo(MEMORY);
        life.take(CheckpointState.CONSUMED);
        life.detach(world.second());
        return life.delete();
    }
}
